package parley.messaging.account;

import java.time.Duration;

/// What became of a sign-up.
public sealed interface SignUp {
  /// The account is there, and the handle is its own. Trying again gives the same account.
  record Created(Account account) implements SignUp {}

  /// Somebody else has the handle, or had nearly got it a quarter of an hour ago.
  record HandleTaken() implements SignUp {}

  /// Somebody who just signed up has the handle, and too many wrong passwords were given for it: it
  /// was not looked at whether this is the same person.
  record Paused(Duration remaining) implements SignUp {}
}
