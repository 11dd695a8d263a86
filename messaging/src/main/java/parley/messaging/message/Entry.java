package parley.messaging.message;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;

/// One thing that happened in a conversation, at its number in the log.
public sealed interface Entry {
  /// Its number: 1, 2, 3, with no gap.
  long seq();

  /// What every entry that this version understands carries.
  ///
  /// - `at`: when, in milliseconds, never before the entry before it.
  /// - `n`: messages in the log up to here, this entry included.
  /// - `stateSeq`: number of the newest entry, up to here, that changed who may do what; 0 for
  ///   none.
  /// - `movedAt`: when inbox rows last moved to the top of the index. It is decided here, in the
  ///   log, so that every projection and every rebuild moves the rows alike, without reading them.
  /// - `hiddenFrom`: who sees of it no more than its number, for they had blocked whoever wrote it.
  ///   A hidden message is not counted in `n`.
  /// - `keep`: for how long messages are kept, this entry included.
  record Stamp(
      long seq,
      Instant at,
      long n,
      long stateSeq,
      Instant movedAt,
      Set<UserId> hiddenFrom,
      Keep keep) {
    /// Before the first entry.
    public static final Stamp START = new Stamp(0, Instant.EPOCH, 0, 0, Instant.EPOCH);

    public Stamp {
      hiddenFrom = Set.copyOf(hiddenFrom);
    }

    /// Of an entry that everybody sees.
    public Stamp(long seq, Instant at, long n, long stateSeq, Instant movedAt) {
      this(seq, at, n, stateSeq, movedAt, Set.of());
    }

    /// Where everything is kept for ever.
    public Stamp(
        long seq, Instant at, long n, long stateSeq, Instant movedAt, Set<UserId> hiddenFrom) {
      this(seq, at, n, stateSeq, movedAt, hiddenFrom, Keep.FOREVER);
    }

    boolean isHidden() {
      return !hiddenFrom.isEmpty();
    }

    /// For how many days a message under it is kept, 0 for ever.
    public int days() {
      return isHidden() ? keep.aside() : keep.days();
    }

    /// The stamp of an entry next to this one that cannot be read: it counts as no message, and
    /// changes nothing.
    public Stamp unread(long number) {
      return new Stamp(number, at, n, stateSeq, movedAt, Set.of(), keep);
    }

    Stamp with(Keep other) {
      return new Stamp(seq, at, n, stateSeq, movedAt, hiddenFrom, other);
    }
  }

  /// An entry with a stamp: all but the unreadable.
  sealed interface Stamped extends Entry {
    Stamp stamp();

    @Override
    default long seq() {
      return stamp().seq();
    }

    default Instant at() {
      return stamp().at();
    }

    /// Whether this person sees no more of it than its number.
    default boolean isHiddenFrom(UserId reader) {
      return stamp().hiddenFrom().contains(reader);
    }

    /// What a reader sees of it who deleted everything up to `cleared` for themselves: of what is
    /// hidden from them, and of an edit of what they deleted, its number.
    default Stamped seenBy(UserId reader, long cleared) {
      if (isHiddenFrom(reader)) {
        return new Other(stamp(), Other.HIDDEN);
      }
      return switch (this) {
        case Message message -> message.seenBy(reader);
        case Edit edit when edit.target() <= cleared -> new Other(stamp(), Other.CLEARED);
        case Edit _, Unsend _, Members _, Retention _, Other _ -> this;
      };
    }
  }

  /// An entry that somebody wrote under a client id.
  sealed interface Authored extends Stamped {
    UserId from();

    ClientId clientId();
  }

  /// A message. `text` is null once it has been unsent; `rev` is the number of the edit or unsend
  /// that it reflects, 0 for none. `aside` is what its sender alone sees in place of the text, null
  /// for nothing else. `vanished` says that its text was swept away because its time was over.
  record Message(
      Stamp stamp,
      UserId from,
      ClientId clientId,
      @Nullable Text text,
      long rev,
      @Nullable Aside aside,
      boolean vanished)
      implements Authored {
    public Message(Stamp stamp, UserId from, ClientId clientId, @Nullable Text text, long rev) {
      this(stamp, from, clientId, text, rev, null, false);
    }

    public Age age() {
      return new Age(at(), stamp.days());
    }

    // By hand: see UserId. Messages with the same number are few, and told apart by equals.
    @Override
    public int hashCode() {
      return Long.hashCode(seq());
    }

    private Message seenBy(UserId reader) {
      return text != null && aside != null && aside.rev() > rev && from.equals(reader)
          ? new Message(stamp, from, clientId, aside.text(), aside.rev(), null, vanished)
          : this;
    }
  }

  /// A text that a message got from its sender by the edit `rev` which is hidden from others,
  /// though the message is not.
  record Aside(Text text, long rev) {}

  /// A new text for the message `target`, whose own `n` is `targetN`. `text` is null once the
  /// message has been unsent: nothing of it is kept, whatever number it was written under. `aside`
  /// says that others see the message and not this edit of it. `age` is that of the message: its
  /// texts vanish together.
  record Edit(
      Stamp stamp,
      UserId from,
      ClientId clientId,
      long target,
      long targetN,
      @Nullable Text text,
      boolean aside,
      Age age)
      implements Authored {
    /// Of a message of which no more is known than that it can have been edited.
    public Edit(
        Stamp stamp,
        UserId from,
        ClientId clientId,
        long target,
        long targetN,
        @Nullable Text text) {
      this(stamp, from, clientId, target, targetN, text, false, oldest(stamp));
    }

    /// The age of the oldest message that an edit under this stamp can be of.
    public static Age oldest(Stamp stamp) {
      return new Age(stamp.at().minus(Limits.EDIT_WITHIN), stamp.days());
    }
  }

  /// The end of the text of the message `target`, whose own `n` is `targetN`.
  record Unsend(Stamp stamp, UserId from, ClientId clientId, long target, long targetN)
      implements Authored {}

  /// Who is in the conversation from here on: the whole of it, so that one read gives the truth.
  /// `left` are those whom this entry removed.
  record Members(Stamp stamp, UserId from, ClientId clientId, Set<UserId> members, Set<UserId> left)
      implements Authored {
    public Members {
      members = Set.copyOf(members);
      left = Set.copyOf(left);
    }
  }

  /// Messages are kept for `days` from here on, 0 for ever. Where it is hidden from somebody, that
  /// holds for what its author writes, and not for the others.
  record Retention(Stamp stamp, UserId from, ClientId clientId, int days) implements Authored {}

  /// An entry of a kind that this version does not know, written by a newer one; or one of which a
  /// reader sees no more than that it is there.
  record Other(Stamp stamp, String kind) implements Stamped {
    public static final String HIDDEN = "hidden";
    public static final String VANISHED = "vanished";
    static final String CLEARED = "cleared";
  }

  /// An item that is no entry at all, whatever spoilt it. `cause` names attributes, never text.
  record Unreadable(long seq, String cause) implements Entry {}
}
