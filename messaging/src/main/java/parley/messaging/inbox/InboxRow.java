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
/// `last` and `own` are the projection's, `read` and `choice` are the reader's: one writer each, so
/// that reading and projecting commute. `place` follows from them by [Folder#of]. `last` is null,
/// and the row in no inbox, where a mark came before the first message was projected. `place` is
/// null where the row is in no folder.
public record InboxRow(
    RowKey key,
    @Nullable UserId peer,
    @Nullable Last last,
    Mark read,
    Mark own,
    @Nullable Place place,
    Choice choice) {
  /// A row of which its person decided nothing.
  public InboxRow(
      RowKey key,
      @Nullable UserId peer,
      @Nullable Last last,
      Mark read,
      Mark own,
      @Nullable Place place) {
    this(key, peer, last, read, own, place, Choice.NONE);
  }

  /// The row before anything is known of it.
  static InboxRow none(RowKey key) {
    return new InboxRow(key, null, null, Mark.NONE, Mark.NONE, null);
  }

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

  /// Messages that this person has neither read, nor written, nor deleted for themselves: sending
  /// marks what came before as read.
  public long unread() {
    long seen = Math.max(Math.max(read.n(), own.n()), choice.cleared().n());
    return last == null ? 0 : Math.max(0, last.n() - seen);
  }

  /// The newest message that this person may see, null for none.
  public @Nullable Last newest() {
    return last == null || last.seq() <= choice.cleared().seq() ? null : last;
  }

  /// Where this person finds it, null for nowhere.
  public @Nullable Folder folder() {
    return place == null ? null : Folder.of(place.folder());
  }

  /// The place that follows from a newest message, what this person wrote and what they chose;
  /// `movedAt` is when rows last moved.
  public static @Nullable Place placeOf(
      RowKey key, @Nullable Last last, Mark own, Choice choice, Instant movedAt) {
    Folder folder = Folder.of(last, own, choice);
    return folder == null ? null : new Place(folder.code(), movedAt, key.conversation());
  }

  /// The row as the projection will have it once it shows `message`, which is in the log; `known`
  /// is the row so far, null for none.
  public static InboxRow with(
      @Nullable InboxRow known, RowKey key, Set<UserId> members, Entry.Message message) {
    Last last = Objects.requireNonNull(new Fold().add(message).last());
    Mark mark = new Mark(last.seq(), last.n());
    Mark own = message.from().equals(key.user()) ? mark : Mark.NONE;
    InboxRow ahead =
        new InboxRow(
            key,
            Projector.peer(key.user(), members),
            last,
            Mark.NONE,
            own,
            placeOf(key, last, own, Choice.NONE, message.stamp().movedAt()));
    return known == null ? ahead : newestOf(known, ahead);
  }

  /// Of two states of one row, each part from where it is newer; `later` where they are level.
  public static InboxRow newestOf(InboxRow earlier, InboxRow later) {
    boolean isBehind = later.isBehind(earlier);
    Last last = isBehind ? earlier.last() : later.last();
    Mark own = later.own().seq() < earlier.own().seq() ? earlier.own() : later.own();
    Choice choice =
        later.choice().version() < earlier.choice().version() ? earlier.choice() : later.choice();
    Place place = isBehind ? earlier.place() : later.place();
    Instant movedAt = place != null ? place.movedAt() : last == null ? Instant.EPOCH : last.at();
    return new InboxRow(
        later.key(),
        later.peer() == null ? earlier.peer() : later.peer(),
        last,
        later.read().seq() < earlier.read().seq() ? earlier.read() : later.read(),
        own,
        placeOf(later.key(), last, own, choice, movedAt),
        choice);
  }

  private boolean isBehind(InboxRow other) {
    if (last == null || other.last() == null) {
      return other.last() != null;
    }
    return last.seq() < other.last().seq()
        || last.seq() == other.last().seq() && last.rev() < other.last().rev();
  }

  /// Whether people see no difference.
  public boolean showsTheSameAs(InboxRow other) {
    return Objects.equals(last, other.last())
        && Objects.equals(peer, other.peer())
        && read.equals(other.read())
        && choice.isAs(other.choice())
        && folder() == other.folder()
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
