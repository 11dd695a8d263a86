package parley.messaging.account;

/// What became of a sign-up.
public sealed interface SignUp {
  /// The account is there, and the handle is its own. Trying again gives the same account.
  record Created(Account account) implements SignUp {}

  /// Somebody else has the handle, or had nearly got it a quarter of an hour ago.
  record HandleTaken() implements SignUp {}
}
