package parley.messaging.account;

import java.time.Instant;

/// That somebody signed in, and until when it holds.
///
/// `since` (milliseconds) orders sessions against [Account#notBefore]; after everything was ended
/// it may be ahead of the clock by [parley.messaging.Limits#SERVER_CLOCK_ALLOWANCE] or so.
/// `expiresAt` is in whole seconds.
public record Session(SessionId id, UserId user, Instant since, Instant expiresAt) {
  /// Whether it is past its end: the service deletes expired items days late.
  public boolean isExpiredAt(Instant now) {
    return !expiresAt.isAfter(now);
  }

  /// Whether everything that began up to some later moment was ended.
  public boolean isEndedBy(Account account) {
    return !since.isAfter(account.notBefore());
  }

  Session restartedAt(Instant newSince) {
    return new Session(id, user, newSince, expiresAt);
  }
}
