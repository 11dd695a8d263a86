package parley.host;

import java.time.InstantSource;
import parley.messaging.Limits;
import parley.messaging.message.Approaches;
import parley.messaging.message.Vanishing;
import parley.messaging.retention.Sweeper;
import parley.store.SweepItems;
import parley.store.Table;

/// What a deployment says for all of its people: how many strangers one account may write to on a
/// day ([Approaches#UNLIMITED] for tools, and for tests of other things), and for how many days any
/// message is kept ([Vanishing#FOREVER] for as long as its conversation keeps it).
public record Terms(int strangersADay, int retentionDays) {
  public static final Terms DEFAULT = new Terms(Limits.STRANGERS_A_DAY, Vanishing.FOREVER);

  /// Nobody is limited, and nothing vanishes but what conversations say.
  public static final Terms NONE = new Terms(Approaches.UNLIMITED, Vanishing.FOREVER);

  public Terms {
    if (retentionDays < 0 || retentionDays > Limits.RETENTION_DEPLOYMENT_DAYS_MAX) {
      throw new IllegalArgumentException(
          "messages are kept for 1 to "
              + Limits.RETENTION_DEPLOYMENT_DAYS_MAX
              + " days, or 0 for ever; not "
              + retentionDays);
    }
  }

  /// What has vanished by now, and who takes its texts out of the table.
  Sweeper sweeper(Table table, InstantSource clock) {
    SweepItems sweeps = new SweepItems(table);
    return new Sweeper(sweeps, sweeps, new Vanishing(clock, retentionDays), clock);
  }
}
