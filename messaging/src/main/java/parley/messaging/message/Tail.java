package parley.messaging.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.message.Entry.Authored;
import parley.messaging.message.Entry.Members;
import parley.messaging.message.Entry.Stamp;
import parley.messaging.message.Entry.Stamped;

/// What this process knows of the end of one log. It may be behind the log; it is never wrong about
/// the part that it knows, since entries do not change their author, number or time.
final class Tail {
  /// How long the names of earlier attempts stay: longer than any client id that comes in time
  /// looks back, so that an ordinary send asks the table for nothing.
  private static final Duration KEPT = Duration.ofMinutes(3);

  /// How long what was read further back stays: a client whose clock is hours behind looks back for
  /// hours with every message, and should pay for it once.
  private static final Duration EXTENSION_KEPT = Duration.ofMinutes(10);

  /// The most names kept for one conversation, at about 150 bytes each.
  private static final int KEPT_MAX = 20_000;

  /// The fewest, however old.
  private static final int KEPT_MIN = 64;

  private record Attempt(UserId from, ClientId clientId) {}

  private record Seen(long seq, long n, Instant at, @Nullable Attempt attempt) {}

  /// Everything that a sender decides by, taken at one moment.
  record View(Stamp last, Set<UserId> members, long stateSeq, @Nullable Instant headExpiresAt) {
    boolean lacksState() {
      return stateSeq < last.stateSeq();
    }

    /// Whether it is an opened conversation that never got a message, past its end.
    boolean isOverAt(Instant now) {
      return last.seq() == 0 && headExpiresAt != null && !headExpiresAt.isAfter(now);
    }
  }

  /// Held over the round trips of one append: this process sends to a conversation one at a time.
  /// Fair, so that those who came first are first in the log.
  final ReentrantLock sending = new ReentrantLock(true);

  private final ArrayDeque<Seen> seen = new ArrayDeque<>();
  private final Map<Attempt, Long> attempts = new HashMap<>();
  private @Nullable View view;
  private Instant confirmedAt = Instant.MIN;
  private Instant extensionKeptUntil = Instant.MIN;

  /// What is known, or null for nothing yet.
  synchronized @Nullable View view() {
    return view;
  }

  /// What is known, if it was read or heard no longer ago than `staleness`.
  synchronized @Nullable View viewAsOf(Instant now, Duration staleness) {
    return confirmedAt.isBefore(now.minus(staleness)) ? null : view;
  }

  /// Number of the newest known entry, 0 for none.
  synchronized long lastSeq() {
    return view == null ? 0 : view.last().seq();
  }

  /// Messages up to entry `seq`, or -1 where that is not in memory.
  synchronized long messagesUpTo(long seq) {
    if (seen.isEmpty() || seq < seen.getFirst().seq() || seq > seen.getLast().seq()) {
      return -1;
    }
    // Numbers have no gap, so the position follows from the number; walk from the nearer end.
    var entries =
        seq - seen.getFirst().seq() < seen.getLast().seq() - seq
            ? seen.iterator()
            : seen.descendingIterator();
    while (entries.hasNext()) {
      Seen entry = entries.next();
      if (entry.seq() == seq) {
        return entry.n();
      }
    }
    return -1;
  }

  /// Starts over from what was read.
  synchronized void load(Log.End end, Instant now) {
    clear();
    View start =
        new View(Stamp.START, end.head().members(), end.head().stateSeq(), end.head().expiresAt());
    view = start;
    end.entries().forEach(this::append);
    confirmedAt = now;
  }

  /// Forgets everything.
  synchronized void clear() {
    seen.clear();
    attempts.clear();
    view = null;
    confirmedAt = Instant.MIN;
  }

  /// Takes note of an entry that is in the log. One that leaves a gap makes everything uncertain:
  /// the tail forgets, and the next sender reads.
  synchronized void heard(Entry entry, Instant now) {
    View known = view;
    if (known == null || entry.seq() <= known.last().seq()) {
      return;
    }
    if (entry.seq() > known.last().seq() + 1) {
      clear();
      return;
    }
    append(entry);
    confirmedAt = now;
    trim(now);
  }

  /// Takes note that nothing came after what is known.
  synchronized void confirm(Instant now) {
    if (view != null) {
      confirmedAt = now;
    }
  }

  /// Takes note of the members as one entry says them.
  synchronized void learnState(Members state) {
    View known = view;
    if (known != null && known.stateSeq() < state.seq()) {
      view = new View(known.last(), state.members(), state.seq(), known.headExpiresAt());
    }
  }

  /// Takes note of a renewed head.
  synchronized void learnRenewal(Instant expiresAt) {
    View known = view;
    if (known != null) {
      view = new View(known.last(), known.members(), known.stateSeq(), expiresAt);
    }
  }

  private void append(Entry entry) {
    View known = Objects.requireNonNull(view);
    Stamp stamp = stampOf(entry, known.last());
    seen.addLast(remember(entry, stamp));
    view =
        entry instanceof Members state
            ? new View(stamp, state.members(), entry.seq(), null)
            : new View(stamp, known.members(), known.stateSeq(), known.headExpiresAt());
  }

  private Seen remember(Entry entry, Stamp stamp) {
    if (!(entry instanceof Authored authored)) {
      return new Seen(entry.seq(), stamp.n(), stamp.at(), null);
    }
    Attempt attempt = new Attempt(authored.from(), authored.clientId());
    attempts.put(attempt, entry.seq());
    return new Seen(entry.seq(), stamp.n(), stamp.at(), attempt);
  }

  /// What cannot be read holds its number and counts as no message; the rest is its neighbour's.
  private static Stamp stampOf(Entry entry, Stamp neighbour) {
    return entry instanceof Stamped stamped ? stamped.stamp() : neighbour.unread(entry.seq());
  }

  private void trim(Instant now) {
    Instant horizon = now.minus(KEPT);
    while (seen.size() > KEPT_MAX
        || seen.size() > KEPT_MIN
            && !now.isBefore(extensionKeptUntil)
            && seen.getFirst().at().isBefore(horizon)) {
      Seen oldest = seen.removeFirst();
      if (oldest.attempt() != null) {
        attempts.remove(oldest.attempt());
      }
    }
  }

  /// Number of the entry that this person wrote under this client id, if it is known.
  synchronized @Nullable Long attempt(UserId from, ClientId clientId) {
    return attempts.get(new Attempt(from, clientId));
  }

  /// From which entry on all are known, or 0 if every entry at or after `horizon` is known already.
  synchronized long missingBefore(Instant horizon) {
    if (seen.isEmpty()) {
      return 0;
    }
    Seen oldest = seen.getFirst();
    return oldest.seq() > 1 && !oldest.at().isBefore(horizon) ? oldest.seq() : 0;
  }

  /// Takes note of entries that lie just before the oldest known one.
  synchronized void extend(List<Entry> older, Instant now) {
    extensionKeptUntil = now.plus(EXTENSION_KEPT);
    for (Entry entry : older.reversed()) {
      if (seen.isEmpty() || entry.seq() != seen.getFirst().seq() - 1) {
        return;
      }
      Seen next = seen.getFirst();
      Stamp neighbour = new Stamp(next.seq(), next.at(), next.n(), 0, Instant.EPOCH);
      seen.addFirst(remember(entry, stampOf(entry, neighbour)));
    }
  }

  synchronized int size() {
    return seen.size();
  }
}
