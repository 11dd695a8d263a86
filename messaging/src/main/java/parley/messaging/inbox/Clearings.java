package parley.messaging.inbox;

import java.time.InstantSource;
import parley.messaging.Fresh;
import parley.messaging.Hearing;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Cleared;

/// What this process knows of who deleted what for themselves, so that history stops there.
public final class Clearings implements Cleared {
  private static final int ROWS = 100_000;

  private final InboxStore store;
  private final Fresh<RowKey, Long> known;

  public Clearings(InboxStore store, InstantSource clock, Hearing hearing) {
    this.store = store;
    this.known = new Fresh<>(ROWS, clock, hearing);
  }

  @Override
  public long upTo(UserId reader, ConversationId id) {
    return known.get(new RowKey(reader, id), this::load);
  }

  private long load(RowKey key) {
    InboxRow row = store.row(key);
    return row == null ? 0 : row.choice().cleared().seq();
  }

  /// Takes note of a row as it is, or was a moment ago: what is deleted stays deleted.
  public void heard(InboxRow row) {
    known.change(row.key(), before -> Math.max(before, row.choice().cleared().seq()));
  }
}
