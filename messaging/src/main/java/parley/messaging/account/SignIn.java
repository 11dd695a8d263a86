package parley.messaging.account;

import java.time.Duration;
import java.time.Instant;

/// What became of a sign-in.
public sealed interface SignIn {
  /// It is them. The token is shown this once; nobody can read it again.
  record SignedIn(Account account, SessionToken token, Instant expiresAt) implements SignIn {}

  /// No such account, or another password: nobody is told which.
  record Refused() implements SignIn {}

  /// It is them, and operators let them in no more. Only who proves to be them is told.
  record Disabled() implements SignIn {}

  /// Too many wrong passwords: the password was not looked at, right or wrong.
  record Paused(Duration remaining) implements SignIn {}
}
