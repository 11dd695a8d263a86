package parley.messaging.account;

import java.time.Duration;

/// What became of an attempt to prove oneself by a password.
public sealed interface Attempt<T> {
  record Right<T>(T value) implements Attempt<T> {}

  record Wrong<T>() implements Attempt<T> {}

  /// There were too many wrong ones: the password was not looked at.
  record Paused<T>(Duration remaining) implements Attempt<T> {}
}
