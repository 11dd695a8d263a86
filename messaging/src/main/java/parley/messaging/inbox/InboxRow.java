package parley.messaging.inbox;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;

/// One conversation in one person's inbox.
///
/// `last` and `own` are the projection's, `read` is the reader's: one writer each, so that reading
/// and projecting commute. `last` is null, and the row in no inbox, where a mark came before the
/// first message was projected. `place` is null where the row is in no folder.
public record InboxRow(
    RowKey key,
    @Nullable UserId peer,
    @Nullable Last last,
    Mark read,
    Mark own,
    @Nullable Place place) {

  /// The newest message: number, messages up to it, time, sender; the first characters of its text
  /// (null once unsent), as of the edit or unsend `rev`.
  public record Last(
      long seq, long n, Instant at, UserId from, @Nullable String preview, long rev) {}

  /// A position in a log: an entry's number, and the messages up to it.
  public record Mark(long seq, long n) {
    public static final Mark NONE = new Mark(0, 0);
  }

  /// Newest first; rows of the same millisecond by conversation, so that the order is total.
  static final Comparator<InboxRow> NEWEST_FIRST = Comparator.comparing(Position::of).reversed();

  /// Messages that this person has neither read nor written: sending marks what came before as
  /// read.
  public long unread() {
    return last == null ? 0 : Math.max(0, last.n() - Math.max(read.n(), own.n()));
  }
}
