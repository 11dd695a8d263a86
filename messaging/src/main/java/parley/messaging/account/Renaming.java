package parley.messaging.account;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import parley.messaging.Limits;
import parley.messaging.account.AccountStore.Claim;
import parley.messaging.account.AccountStore.Facts;
import parley.messaging.account.AccountStore.Held;
import parley.messaging.account.AccountStore.Names;

/// The protocol by which an account gets another handle: three single writes, no transaction.
///
/// ```
/// 1  the new handle, claimed      conditional: of all who try, one gets it
/// 2  the profile                  if its names are as they were read before 1: this is the change
/// 3  the old handle, with an end  it goes by itself when it is no longer kept
/// ```
///
/// A handle belongs to the account whose profile says so, so 2 alone decides, and everybody sees it
/// at once. The profile also says which handles are kept for it, so nothing depends on 3.
///
/// A crash after 1 leaves a claim without a handle. The same person gets it by trying again;
/// anybody else after [Limits#HANDLE_CLAIM_TIME]. They first *oust* the claim, on the item that 2
/// writes: so of 2 and a take-over only one can happen. And 1 is written anew by each attempt, with
/// its time: so a take-over of an old claim does not hit a new one.
final class Renaming {
  private final AccountStore store;
  private final InstantSource clock;

  Renaming(AccountStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  HandleChange change(UserId user, Handle wanted) {
    for (int attempt = 0; attempt < Limits.SIGN_UP_ATTEMPTS; attempt++) {
      Names names = store.names(user);
      if (names == null) {
        return new HandleChange.NoAccount();
      }
      Account account = names.account();
      if (account.handle().equals(wanted)) {
        return new HandleChange.Changed(account);
      }
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Map<Handle, Instant> former = kept(names, wanted, now);
      if (former.size() >= Limits.HANDLES_RESERVED) {
        return new HandleChange.TooOften(
            former.values().stream().min(Comparator.naturalOrder()).orElse(now));
      }
      Held seen = store.held(wanted);
      if (seen != null && !seen.user().equals(user) && !isFree(wanted, seen)) {
        return new HandleChange.Taken();
      }
      if (store.claim(wanted, user, now, seen) instanceof Claim.Taken) {
        continue; // Somebody was quicker: look again.
      }
      Held old = store.held(account.handle());
      Instant until = now.plus(Limits.HANDLE_RESERVED);
      former.put(account.handle(), until);
      Account renamed = store.rename(names, wanted, former);
      if (renamed == null) {
        continue; // Ousted, or changed by another request of the same person.
      }
      if (old != null && old.user().equals(user)) {
        store.release(account.handle(), old, until);
      }
      return new HandleChange.Changed(renamed);
    }
    return new HandleChange.Taken();
  }

  /// The handles that are still kept for an account which gets `wanted`.
  private static Map<Handle, Instant> kept(Names names, Handle wanted, Instant now) {
    Map<Handle, Instant> former = new HashMap<>(names.former());
    former.values().removeIf(until -> !until.isAfter(now));
    former.remove(wanted);
    return former;
  }

  /// Whether a handle that somebody else holds may be taken over. If so, they can get it no more by
  /// what they began before.
  boolean isFree(Handle handle, Held held) {
    Facts facts = store.facts(held.user());
    if (facts == null || facts.settled() == null) {
      return (facts == null || isDead(facts)) && store.abandon(held.user(), overBy());
    }
    if (facts.account().handle().equals(handle) || !isLeftBehind(handle, held)) {
      return false;
    }
    return store.oust(held.user(), handle);
  }

  /// Whether a handle that its holder does not have is neither kept for them nor about to be
  /// theirs.
  private boolean isLeftBehind(Handle handle, Held held) {
    Names names = store.names(held.user());
    Instant until = names == null ? null : names.former().get(handle);
    if (until != null) {
      return until.isBefore(overBy());
    }
    Instant since = held.since();
    return since == null || since.plus(Limits.HANDLE_CLAIM_TIME).isBefore(overBy());
  }

  /// Whether the sign-up ran out so long ago that no clock could think otherwise.
  boolean isDead(Facts facts) {
    Instant pendingUntil = facts.pendingUntil();
    return facts.abandoned() || pendingUntil != null && !pendingUntil.isAfter(overBy());
  }

  Instant overBy() {
    return clock.instant().minus(Limits.SIGN_UP_CLOCK_MARGIN);
  }
}
