package parley.messaging.message;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
  record Stamp(long seq, Instant at, long n, long stateSeq, Instant movedAt) {
    /// Before the first entry.
    public static final Stamp START = new Stamp(0, Instant.EPOCH, 0, 0, Instant.EPOCH);
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
  }

  /// An entry that somebody wrote under a client id.
  sealed interface Authored extends Stamped {
    UserId from();

    ClientId clientId();
  }

  /// A message. `text` is null once it has been unsent; `rev` is the number of the edit or unsend
  /// that it reflects, 0 for none.
  record Message(Stamp stamp, UserId from, ClientId clientId, @Nullable Text text, long rev)
      implements Authored {}

  /// A new text for the message `target`, whose own `n` is `targetN`. `text` is null once the
  /// message has been unsent: nothing of it is kept, whatever number it was written under.
  record Edit(
      Stamp stamp, UserId from, ClientId clientId, long target, long targetN, @Nullable Text text)
      implements Authored {}

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

  /// An entry of a kind that this version does not know: written by a newer one.
  record Other(Stamp stamp, String kind) implements Stamped {}

  /// An item that is no entry at all, whatever spoilt it. `cause` names attributes, never text.
  record Unreadable(long seq, String cause) implements Entry {}
}
