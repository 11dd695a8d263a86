package parley.messaging.account;

import java.time.Instant;

/// What became of another handle for an account.
public sealed interface HandleChange {
  /// It has it, now or since an earlier attempt.
  record Changed(Account account) implements HandleChange {}

  /// Somebody else has it, had it a moment ago, or it is kept for somebody else.
  record Taken() implements HandleChange {}

  /// As many handles as may be are kept for this account, until `until`.
  record TooOften(Instant until) implements HandleChange {}

  /// There is no such account.
  record NoAccount() implements HandleChange {}
}
