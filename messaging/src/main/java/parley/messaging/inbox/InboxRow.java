package parley.messaging.inbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.message.Age;
import parley.messaging.message.Entry;
import parley.messaging.message.Vanishing;

/// One conversation in one person's inbox.
///
/// `last` and `own` are the projection's, `read` and `choice` are the reader's: one writer each, so
/// that reading and projecting commute. `place` follows from them by [Folder#of]. `last` is null,
/// and the row in no inbox, where a mark came before the first message was projected. `place` is
/// null where the row is in no folder. `setting` says for how long the conversation keeps messages.
public record InboxRow(
    RowKey key,
    @Nullable UserId peer,
    @Nullable Last last,
    Mark read,
    Mark own,
    @Nullable Place place,
    Choice choice,
    Setting setting) {
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

  /// A row of a conversation that keeps everything.
  public InboxRow(
      RowKey key,
      @Nullable UserId peer,
      @Nullable Last last,
      Mark read,
      Mark own,
      @Nullable Place place,
      Choice choice) {
    this(key, peer, last, read, own, place, choice, Setting.NONE);
  }

  /// The row before anything is known of it.
  static InboxRow none(RowKey key) {
    return new InboxRow(key, null, null, Mark.NONE, Mark.NONE, null);
  }

  /// The newest message: number, messages up to it, time, sender; the first characters of its text
  /// (null once unsent or vanished), as of the edit or unsend `rev`; for how many `days` it is
  /// kept, 0 for ever; whether it has `vanished`.
  public record Last(
      long seq,
      long n,
      Instant at,
      UserId from,
      @Nullable String preview,
      long rev,
      int days,
      boolean vanished) {
    /// One that is kept for ever.
    public Last(long seq, long n, Instant at, UserId from, @Nullable String preview, long rev) {
      this(seq, n, at, from, preview, rev, 0, false);
    }

    /// Without its words: its time is over.
    Last over() {
      return new Last(seq, n, at, from, null, rev, days, true);
    }
  }

  /// For how many days messages are kept, 0 for ever, since entry `seq`, which came after `n`
  /// messages.
  public record Setting(int days, long seq, long n) {
    public static final Setting NONE = new Setting(0, 0, 0);
  }

  /// A position in a log: an entry's number, and the messages up to it.
  public record Mark(long seq, long n) {
    public static final Mark NONE = new Mark(0, 0);
  }

  /// Newest first; rows of the same millisecond by conversation, so that the order is total.
  static final Comparator<InboxRow> NEWEST_FIRST = Comparator.comparing(Position::of).reversed();

  /// Messages that this person has neither read, nor written, nor deleted for themselves: sending
  /// marks what came before as read. Once the newest has vanished, those that were sent under the
  /// same setting have too.
  public long unread() {
    if (last == null) {
      return 0;
    }
    long seen = Math.max(Math.max(read.n(), own.n()), choice.cleared().n());
    long there = last.vanished() ? Math.min(last.n(), setting.n()) : last.n();
    return Math.max(0, there - seen);
  }

  /// The row as it is to be shown now: a newest message that has vanished has no words, and is not
  /// unread.
  public InboxRow seen(Vanishing vanishing) {
    if (last == null || !last.vanished() && !vanishing.isOver(new Age(last.at(), last.days()))) {
      return this;
    }
    // Where the deployment keeps nothing so old, nothing from before the setting is left either.
    Setting left =
        vanishing.isOverForAll(last.at()) ? new Setting(setting.days(), setting.seq(), 0) : setting;
    return new InboxRow(key, peer, last.over(), read, own, place, choice, left);
  }

  /// The same row of a conversation that keeps what is written as this entry says.
  public InboxRow keeping(Entry.Retention retention) {
    Setting later = settingOf(retention);
    Setting now = later.seq() > setting.seq() ? later : setting;
    return new InboxRow(key, peer, last, read, own, place, choice, now);
  }

  static Setting settingOf(Entry.Retention retention) {
    return new Setting(retention.days(), retention.seq(), retention.stamp().n());
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
        choice,
        later.setting().seq() < earlier.setting().seq() ? earlier.setting() : later.setting());
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
        && setting.equals(other.setting())
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
