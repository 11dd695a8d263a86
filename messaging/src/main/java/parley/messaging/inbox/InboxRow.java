package parley.messaging.inbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.message.Entry;

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

  /// The row as the projection will have it once it shows `message`, which is in the log; `known`
  /// is the row so far, null for none.
  public static InboxRow with(
      @Nullable InboxRow known, RowKey key, Set<UserId> members, Entry.Message message) {
    Last last = Objects.requireNonNull(new Fold().add(message).last());
    Mark mark = new Mark(last.seq(), last.n());
    InboxRow ahead =
        new InboxRow(
            key,
            Projector.peer(key.user(), members),
            last,
            Mark.NONE,
            message.from().equals(key.user()) ? mark : Mark.NONE,
            new Place(Place.INBOX, message.stamp().movedAt(), key.conversation()));
    return known == null ? ahead : newestOf(known, ahead);
  }

  /// Of two states of one row, each part from where it is newer; `later` where they are level.
  public static InboxRow newestOf(InboxRow earlier, InboxRow later) {
    boolean isBehind = later.isBehind(earlier);
    return new InboxRow(
        later.key(),
        later.peer() == null ? earlier.peer() : later.peer(),
        isBehind ? earlier.last() : later.last(),
        later.read().seq() < earlier.read().seq() ? earlier.read() : later.read(),
        later.own().seq() < earlier.own().seq() ? earlier.own() : later.own(),
        isBehind ? earlier.place() : later.place());
  }

  private boolean isBehind(InboxRow other) {
    if (last == null || other.last() == null) {
      return other.last() != null;
    }
    return last.n() < other.last().n()
        || last.n() == other.last().n() && last.rev() < other.last().rev();
  }

  /// Whether people see no difference.
  public boolean showsTheSameAs(InboxRow other) {
    return Objects.equals(last, other.last())
        && Objects.equals(peer, other.peer())
        && read.equals(other.read())
        && unread() == other.unread();
  }

  /// Whether it shows the same message in another form.
  public boolean isAmendedSince(InboxRow other) {
    return last != null
        && other.last() != null
        && last.seq() == other.last().seq()
        && last.rev() > other.last().rev();
  }
}
