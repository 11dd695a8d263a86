package parley.messaging.erasure;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import parley.messaging.Limits;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Head;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Stamp;
import parley.messaging.message.Entry.Stamped;
import parley.messaging.message.Log;
import parley.messaging.message.Log.Appended;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Messages;

/// Makes somebody leave a conversation for good, by an entry of its log: what they have under way
/// there fails its condition, and is refused.
///
/// The entry names nobody: it says who is in from here on, with [UserId#NOBODY] in place of who
/// went, so that the other one of two still has somebody across.
final class Departures {
  private final Log log;
  private final InstantSource clock;

  Departures(Log log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /// Number of the entry by which they are out at the latest; 0 where there is no conversation.
  long depart(ConversationId id, UserId user) {
    for (int attempt = 0; attempt < Limits.APPEND_ATTEMPTS; attempt++) {
      Log.End end = log.end(id, Limits.TAIL_ENTRIES, Consistency.STRONG);
      if (end == null) {
        return 0;
      }
      Set<UserId> members = Messages.membersOf(log, id, end);
      Stamp last = last(end);
      if (!members.contains(user)) {
        keep(id, last.stateSeq(), members);
        return last.stateSeq();
      }
      Set<UserId> remaining = remaining(end.head().kind(), members, user);
      Stamp stamp = next(last);
      Entry.Members departure =
          new Entry.Members(
              stamp,
              UserId.NOBODY,
              ClientId.of(stamp.at(), 0, 0),
              remaining,
              Set.of(UserId.NOBODY));
      if (log.append(id, departure) instanceof Appended.Stored) {
        keep(id, stamp.seq(), remaining);
        return stamp.seq();
      }
    }
    throw new StoreUnavailable(
        "a conversation grew under every one of "
            + Limits.APPEND_ATTEMPTS
            + " attempts to leave it",
        new IllegalStateException(id.value()));
  }

  /// A conversation that never got a message would go by itself, and leave this entry alone.
  private void keep(ConversationId id, long stateSeq, Set<UserId> members) {
    log.settle(id);
    log.reflect(id, stateSeq, members);
  }

  private static Set<UserId> remaining(Head.Kind kind, Set<UserId> members, UserId user) {
    Set<UserId> remaining = new HashSet<>(members);
    remaining.remove(user);
    boolean keepsItsSides =
        switch (kind) {
          case DIRECT -> true;
        };
    if (keepsItsSides || remaining.isEmpty()) {
      remaining.add(UserId.NOBODY);
    }
    return remaining;
  }

  /// The stamp of the newest entry that can be read, at the number of the newest of all.
  private static Stamp last(Log.End end) {
    List<Entry> entries = end.entries();
    Stamp known = Stamp.START;
    for (Entry entry : entries) {
      known = entry instanceof Stamped stamped ? stamped.stamp() : known.unread(entry.seq());
    }
    return known;
  }

  private Stamp next(Stamp last) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant at = now.isAfter(last.at()) ? now : last.at();
    return new Stamp(
        last.seq() + 1, at, last.n(), last.seq() + 1, last.movedAt(), Set.of(), last.keep());
  }
}
