package parley.messaging.account;

/// What became of a change of password.
public sealed interface PasswordChange {
  /// It is changed, and every other session is over; this one goes on.
  record Changed(Account account, Session session) implements PasswordChange {}

  /// The current password is another one. Nothing was changed.
  record WrongPassword() implements PasswordChange {}
}
