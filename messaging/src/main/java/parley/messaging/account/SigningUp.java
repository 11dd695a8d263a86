package parley.messaging.account;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import parley.messaging.Limits;
import parley.messaging.account.AccountStore.Claim;
import parley.messaging.account.AccountStore.Facts;
import parley.messaging.account.AccountStore.Held;

/// The protocol by which an account comes to be: five single writes, no transaction.
///
/// ```
/// 1  credential, with an end   \  nobody sees them; left alone, they go by themselves
/// 2  profile, with an end      /
/// 3  handle                       conditional: of all who try, one gets it
/// 4  credential, no end           if it is not over
/// 5  profile, no end              if it is not over and not abandoned: from here on it exists
/// ```
///
/// The handle comes after the profile, so a handle never belongs to somebody who could still come
/// to be without it. The profile is made permanent last, since that is what makes the account
/// visible: its credential can no longer vanish under it, and a crash between 4 and 5 leaves a
/// pending profile and the credential by which its person can finish it.
///
/// A crash after 3 leaves a handle whose owner never came to be. The same person gets it by trying
/// again with the same password; anybody else once the profile is over. They first *abandon* the
/// profile, on the item that step 5 writes: so of step 5 and a take-over only one can happen, even
/// if clocks differ or a request was held up for an hour.
final class SigningUp {
  private final AccountStore store;
  private final Renaming renaming;
  private final FailedSignIns failed;
  private final PasswordHasher hasher;
  private final InstantSource clock;
  private final SecureRandom random;

  SigningUp(
      AccountStore store,
      Renaming renaming,
      FailedSignIns failed,
      PasswordHasher hasher,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.renaming = renaming;
    this.failed = failed;
    this.hasher = hasher;
    this.clock = clock;
    this.random = random;
  }

  SignUp signUp(Handle handle, DisplayName displayName, Password password, Source source) {
    Account mine = null;
    for (int attempt = 0; attempt < Limits.SIGN_UP_ATTEMPTS; attempt++) {
      // Looked at first: a handle that is taken, which is the common failure, costs one or two
      // reads instead of a hash and three writes.
      Held held = store.held(handle);
      if (held != null && (mine == null || !held.user().equals(mine.id()))) {
        Facts facts = store.facts(held.user());
        boolean theirs = facts != null && facts.account().handle().equals(handle);
        if (facts != null && theirs && !renaming.isDead(facts)) {
          switch (ownAttempt(facts, password, source)) {
            case Attempt.Right<Account> _ -> {}
            case Attempt.Wrong<Account>() -> {
              return new SignUp.HandleTaken();
            }
            case Attempt.Paused<Account>(Duration wait) -> {
              return new SignUp.Paused(wait);
            }
          }
          if (facts.settled() != null || store.finish(held.user(), clock.instant())) {
            return new SignUp.Created(facts.account());
          }
          continue; // It ran out just now: look again.
        }
        if (!renaming.isFree(handle, held)) {
          if (facts != null && !theirs) {
            return new SignUp.HandleTaken(); // Kept for whoever had it, or about to be somebody's.
          }
          continue; // Its person finished it just now.
        }
      }
      if (mine == null) {
        mine = begin(handle, displayName, password);
      }
      switch (store.claim(handle, mine.id(), null, held)) {
        case Claim.Done() -> {
          if (store.finish(mine.id(), clock.instant())) {
            return new SignUp.Created(mine);
          }
          // This process stood still for so long that its own sign-up ran out.
          mine = null;
        }
        case Claim.Taken() -> {
          // Somebody else was quicker: look at who it is. What was begun serves for another try.
        }
      }
    }
    return new SignUp.HandleTaken();
  }

  private Account begin(Handle handle, DisplayName displayName, Password password) {
    PasswordHash hash = hasher.hash(password);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Account account = new Account(UserId.random(random), handle, displayName, now, now);
    store.begin(account, hash, now.plus(Limits.SIGN_UP_TIME));
    return account;
  }

  /// Whether this is the same person, trying again: its answer was lost, or the process died.
  ///
  /// Only a recent account is asked, and what is wrong counts like a failed sign-in, so that a
  /// sign-up is not a second way to guess passwords.
  private Attempt<Account> ownAttempt(Facts facts, Password password, Source source) {
    Instant now = clock.instant();
    boolean recent = facts.account().createdAt().isAfter(now.minus(Limits.SIGN_UP_TIME));
    Instant pendingUntil = facts.pendingUntil();
    boolean finishable = pendingUntil == null || pendingUntil.isAfter(now);
    PasswordHash hash = facts.hash();
    if (!recent || !finishable || hash == null) {
      return new Attempt.Wrong<>();
    }
    Account account = facts.account();
    return failed.attempt(
        account.handle(), source, () -> hasher.verify(password.attempt(), hash) ? account : null);
  }
}
