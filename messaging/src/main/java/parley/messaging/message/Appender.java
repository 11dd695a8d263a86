package parley.messaging.message;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.ConversationStore;
import parley.messaging.message.Entry.Authored;
import parley.messaging.message.Entry.Message;
import parley.messaging.message.Entry.Stamp;
import parley.messaging.message.Log.Appended;
import parley.messaging.message.Log.Consistency;

/// The one way into a log.
///
/// 1. Know the end of the log, from memory or by one read.
/// 2. Look for an earlier attempt under the same client id, as far back as its time says.
/// 3. May this person write here?
/// 4. Is it the first word to a stranger, and one too many today?
/// 5. Put the entry at the next number, on condition that nobody has.
///
/// An append from a stale view fails its condition, so whoever appends has seen every entry before.
final class Appender {
  private final Log log;
  private final ConversationStore conversations;
  private final Tails tails;
  private final Blocking blocking;
  private final Approaches approaches;
  private final Vanishing vanishing;
  private final InstantSource clock;

  Appender(
      Log log,
      ConversationStore conversations,
      Tails tails,
      Blocking blocking,
      Approaches approaches,
      Vanishing vanishing,
      InstantSource clock) {
    this.log = log;
    this.conversations = conversations;
    this.tails = tails;
    this.blocking = blocking;
    this.approaches = approaches;
    this.vanishing = vanishing;
    this.clock = clock;
  }

  Written append(UserId from, ConversationId id, ClientId clientId, Draft draft) {
    Instant now = now();
    if (clientId.time().isAfter(now.plus(Limits.CLIENT_CLOCK_ALLOWANCE))) {
      return new Written.ClientIdInFuture(now);
    }
    if (clientId.time().isBefore(now.minus(Limits.CLIENT_ID_LIFE))) {
      return new Written.ClientIdExpired(now);
    }
    Tail tail = tails.of(id);
    if (!lock(tail)) {
      return new Written.TooBusy();
    }
    try {
      for (int attempt = 0; attempt < Limits.APPEND_ATTEMPTS; attempt++) {
        // The wait for the lock and for lost races passes; the entry's time is that of its append.
        Instant moment = now().isAfter(now) ? now() : now;
        Written outcome = tryOnce(tail, from, id, clientId, draft, moment);
        if (outcome != null) {
          return outcome;
        }
        pause(attempt);
      }
      return new Written.TooBusy();
    } finally {
      tail.sending.unlock();
    }
  }

  /// One attempt; null when somebody else took the number, and it is worth another.
  private @Nullable Written tryOnce(
      Tail tail, UserId from, ConversationId id, ClientId clientId, Draft draft, Instant now) {
    Tail.View view = known(tail, id, now);
    if (view == null) {
      return new Written.NoConversation();
    }
    if (!view.members().contains(from)) {
      return refused(new Written.NoConversation(), tail, id, now);
    }
    Written earlier = earlierAttempt(tail, from, id, clientId, draft, now);
    if (earlier != null) {
      return earlier;
    }
    if (!(draft instanceof Draft.Withdraw) && isAlone(from, view.members())) {
      return new Written.NobodyThere();
    }
    Authored entry;
    switch (compose(from, id, clientId, draft, view, now)) {
      case Composed.Fit(Authored fit) -> entry = fit;
      case Composed.Unfit(Written why) -> {
        return why instanceof Written.NoMessage ? refused(why, tail, id, now) : why;
      }
    }
    Instant until = view.last().seq() == 0 ? approaches.refusedUntil(from, id, now) : null;
    if (until != null) {
      // Unless they have been written to since.
      Duration wait = Duration.between(now, until);
      return refused(new Written.TooManyStrangers(wait), tail, id, now);
    }
    renewHead(tail, id, view, now);
    return switch (log.append(id, entry)) {
      case Appended.Stored() -> {
        tail.heard(entry, now);
        yield new Written.Stored(entry);
      }
      case Appended.Occupied(Entry there) -> {
        if (there instanceof Authored mine
            && mine.from().equals(from)
            && mine.clientId().equals(clientId)) {
          // The store took an earlier try of this very put, and its answer was lost on the way.
          tail.heard(mine, now);
          yield same(mine, draft);
        }
        catchUp(tail, id, now);
        yield null;
      }
    };
  }

  /// A refusal, if what it goes by is recent; else null, after a look at what came since.
  ///
  /// An append from an old view fails by itself, a refusal would not: where this process hears
  /// nothing of what others write, somebody who was let in since would be refused for as long as
  /// the view is kept.
  private @Nullable Written refused(Written refusal, Tail tail, ConversationId id, Instant now) {
    if (tail.viewAsOf(now, Limits.ACCOUNT_STALENESS) != null) {
      return refusal;
    }
    catchUp(tail, id, now);
    tail.confirm(now);
    return null;
  }

  /// Whether everybody else was erased, so that nobody is left who could read it.
  private static boolean isAlone(UserId from, Set<UserId> members) {
    return members.contains(UserId.NOBODY)
        && members.stream().allMatch(member -> member.equals(from) || member.equals(UserId.NOBODY));
  }

  /// The end of the log, read if need be; null where there is no conversation.
  private Tail.@Nullable View known(Tail tail, ConversationId id, Instant now) {
    Tail.View view = tail.view();
    if (view != null && tails.isOutdated(tail, now)) {
      catchUp(tail, id, now);
      tail.confirm(now);
      view = tail.view();
    }
    if (view == null || view.isOverAt(now)) {
      Log.End end = log.end(id, Limits.TAIL_ENTRIES, Consistency.STRONG);
      if (end == null || !end.isAliveAt(now)) {
        tail.clear();
        return null;
      }
      tail.load(end, now);
      view = tail.view();
    }
    if (view != null && view.lacksState()) {
      // The head lags behind its log; the entry that `stateSeq` names holds the whole truth.
      if (log.entry(id, view.last().stateSeq()) instanceof Entry.Members state) {
        tail.learnState(state);
      }
      view = tail.view();
      if (view != null && view.lacksState()) {
        throw new IllegalStateException(
            id + ": entry " + view.last().stateSeq() + " should say who is in, and does not");
      }
    }
    return view;
  }

  /// What an earlier attempt under this client id wrote, or null for none.
  private @Nullable Written earlierAttempt(
      Tail tail, UserId from, ConversationId id, ClientId clientId, Draft draft, Instant now) {
    Instant horizon = clientId.time().minus(Limits.CLIENT_CLOCK_ALLOWANCE);
    Long seq = tail.attempt(from, clientId);
    for (long before = tail.missingBefore(horizon);
        seq == null && before > 0;
        before = tail.missingBefore(horizon)) {
      List<Entry> older = log.before(id, before, Limits.TAIL_EXTENSION, Consistency.STRONG);
      tail.extend(older, now);
      seq = tail.attempt(from, clientId);
      if (seq == null && tail.missingBefore(horizon) == before) {
        throw new IllegalStateException(id + ": the log has a gap before entry " + before);
      }
    }
    return seq == null ? null : same((Authored) require(id, seq), draft);
  }

  private static Written same(Authored earlier, Draft draft) {
    return draft.isWhatIsIn(earlier) ? new Written.Already(earlier) : new Written.ClientIdReused();
  }

  private Entry require(ConversationId id, long seq) {
    Entry entry = log.entry(id, seq);
    if (entry == null) {
      throw new IllegalStateException(id + ": entry " + seq + " was there and is gone");
    }
    return entry;
  }

  /// A draft with its number, or why there can be none.
  private sealed interface Composed {
    record Fit(Authored entry) implements Composed {}

    record Unfit(Written why) implements Composed {}
  }

  private Composed compose(
      UserId from, ConversationId id, ClientId clientId, Draft draft, Tail.View view, Instant now) {
    Stamp last = view.last();
    return switch (draft) {
      case Draft.Say(Text text) -> {
        Stamp stamp = next(last, now, true, blockers(from, view));
        yield new Composed.Fit(new Message(stamp, from, clientId, text, 0));
      }
      case Draft.Amend(long target, Text text) -> {
        Message message = own(from, id, target, last);
        if (message == null) {
          yield new Composed.Unfit(new Written.NoMessage());
        }
        if (now.isAfter(message.at().plus(Limits.EDIT_WITHIN))) {
          yield new Composed.Unfit(new Written.TooLate());
        }
        Set<UserId> sees = message.stamp().hiddenFrom();
        Set<UserId> hiddenFrom = new HashSet<>(sees);
        hiddenFrom.addAll(blockers(from, view));
        // Whoever sees the message and not the edit goes on seeing the text that they know.
        boolean aside = !sees.containsAll(hiddenFrom);
        Stamp stamp = next(last, now, false, hiddenFrom);
        long targetN = message.stamp().n();
        yield new Composed.Fit(
            new Entry.Edit(stamp, from, clientId, target, targetN, text, aside, message.age()));
      }
      case Draft.Withdraw(long target) -> {
        Message message = own(from, id, target, last);
        if (message == null) {
          yield new Composed.Unfit(new Written.NoMessage());
        }
        // To take one's words back reaches nobody who has not seen them.
        Stamp stamp = next(last, now, false, message.stamp().hiddenFrom());
        yield new Composed.Fit(
            new Entry.Unsend(stamp, from, clientId, target, message.stamp().n()));
      }
      case Draft.Retain(int days) -> {
        if (last.seq() == 0) {
          yield new Composed.Unfit(new Written.NothingWritten());
        }
        Set<UserId> hiddenFrom = blockers(from, view);
        Stamp stamp = next(last, now, false, hiddenFrom);
        Keep keep = last.keep().then(days, stamp.seq(), !hiddenFrom.isEmpty());
        yield new Composed.Fit(new Entry.Retention(stamp.with(keep), from, clientId, days));
      }
    };
  }

  /// Who of the others has blocked this person.
  private Set<UserId> blockers(UserId from, Tail.View view) {
    return view.members().stream()
        .filter(member -> !member.equals(from) && blocking.hasBlocked(member, from))
        .collect(Collectors.toUnmodifiableSet());
  }

  private @Nullable Message own(UserId from, ConversationId id, long target, Stamp last) {
    return target >= 1
            && target <= last.seq()
            && log.entry(id, target) instanceof Message message
            && message.from().equals(from)
            && message.text() != null
            && !vanishing.isOver(message.age())
        ? message
        : null;
  }

  /// The stamp after `last`. Time never goes back inside a log, whatever this server's clock says.
  /// A message moves inbox rows when they have stood still for long enough.
  static Stamp next(Stamp last, Instant now, boolean message) {
    return next(last, now, message, Set.of());
  }

  private static Stamp next(Stamp last, Instant now, boolean message, Set<UserId> hiddenFrom) {
    Instant at = now.isAfter(last.at()) ? now : last.at();
    boolean moves = message && at.isAfter(last.movedAt().plus(Limits.ROW_MOVES_AFTER));
    return new Stamp(
        last.seq() + 1,
        at,
        message && hiddenFrom.isEmpty() ? last.n() + 1 : last.n(),
        last.stateSeq(),
        moves ? at : last.movedAt(),
        hiddenFrom,
        last.keep());
  }

  /// A head that is about to go by itself is kept, before it gets its first message.
  private void renewHead(Tail tail, ConversationId id, Tail.View view, Instant now) {
    Instant expiresAt = view.headExpiresAt();
    if (expiresAt != null
        && view.last().seq() == 0
        && expiresAt.isBefore(now.plus(Limits.EMPTY_CONVERSATION_RENEWAL))) {
      Instant renewed = now.plus(Limits.EMPTY_CONVERSATION_LIFE);
      conversations.renew(id, renewed);
      tail.learnRenewal(renewed);
    }
  }

  /// Reads what others appended since. A tail that has forgotten everything meanwhile is read anew
  /// by the next attempt.
  private void catchUp(Tail tail, ConversationId id, Instant now) {
    for (Tail.View view = tail.view(); view != null; view = tail.view()) {
      List<Entry> missed =
          log.after(id, view.last().seq(), Limits.TAIL_EXTENSION, Consistency.STRONG);
      missed.forEach(entry -> tail.heard(entry, now));
      if (missed.size() < Limits.TAIL_EXTENSION) {
        return;
      }
    }
  }

  private static boolean lock(Tail tail) {
    try {
      return tail.sending.tryLock(Limits.APPEND_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Waits a random moment, longer after each lost race, so that two servers do not keep colliding.
  private static void pause(int attempt) {
    long most = Math.min(64, 1L << Math.min(attempt, 6));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
