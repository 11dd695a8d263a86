package parley.table;

import java.time.Instant;
import java.util.Map;
import parley.messaging.inbox.InboxRow.Setting;
import parley.messaging.inbox.RowKey;
import parley.messaging.retention.Sweep;
import parley.store.AccessPattern;
import parley.store.InboxRows;
import parley.store.SweepItems;
import parley.store.Table;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The access patterns by which messages vanish, as [Scenarios].
final class SweepScenarios {
  /// Higher than the number of any entry.
  private static final long LATER = 999_999;

  private final Table table;
  private final Given given;
  private final Instant now;

  SweepScenarios(Table table, Given given, Instant now) {
    this.table = table;
    this.given = given;
    this.now = now;
  }

  void run(AccessPattern pattern) {
    SweepItems sweeps = new SweepItems(table);
    switch (pattern) {
      case RETAIN_ROW ->
          new InboxRows(table)
              .retain(new RowKey(given.user(), given.conversation()), new Setting(7, LATER, LATER));
      case VANISH -> sweeps.blank(entry());
      case SWEEP -> sweeps.sweep();
      case WANT_SWEEP -> sweeps.want(now, now);
      case MOVE_SWEEP -> {
        Sweep sweep = sweeps.sweep();
        sweeps.move(sweep == null ? new Sweep(now, now, null, 0, 0) : sweep);
      }
      default -> throw new IllegalArgumentException(pattern + " has nothing to do with vanishing");
    }
  }

  private Map<String, AttributeValue> entry() {
    return Map.of(
        TableDesign.PK,
        AttributeValue.fromS(Entity.ENTRY.pk(given.conversation().value())),
        TableDesign.SK,
        AttributeValue.fromS(Entity.ENTRY.sk("%012d".formatted(given.seq()))));
  }
}
