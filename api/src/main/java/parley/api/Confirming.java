package parley.api;

import static parley.api.ProblemCode.CONFIRMATION_MISSING;
import static parley.api.ProblemCode.PASSWORD_WRONG;
import static parley.api.ProblemCode.SIGN_IN_PAUSED;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.Attempt;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.account.Sessions;

/// Asks for the password once more, before what cannot be undone: a session that somebody left open
/// must not be enough. Whoever has signed in a moment ago has just shown who they are, by whatever
/// means.
final class Confirming {
  static final String PASSWORD =
      "The account's password. May be left out within five minutes of a sign-in.";

  private final Accounts accounts;
  private final Sessions sessions;

  Confirming(UseCases useCases) {
    this.accounts = useCases.accounts();
    this.sessions = useCases.sessions();
  }

  void require(Call call, @Nullable PasswordAttempt password) {
    if (password == null) {
      // A provider renews its tokens by itself: a new one does not say that anybody was there.
      if (call.isByProvider() || !sessions.isFresh(call.session())) {
        throw Problem.of(CONFIRMATION_MISSING).field("password").refusal();
      }
      return;
    }
    switch (accounts.confirm(call.me(), password, call.admission().source())) {
      case Attempt.Right<Account> _ -> {
        // It is them.
      }
      case Attempt.Wrong<Account>() -> throw Problem.of(PASSWORD_WRONG).field("password").refusal();
      case Attempt.Paused<Account>(Duration wait) -> throw Admission.refusal(SIGN_IN_PAUSED, wait);
    }
  }
}
