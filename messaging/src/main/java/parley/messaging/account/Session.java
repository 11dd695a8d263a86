package parley.messaging.account;

import java.time.Instant;

/// That somebody signed in, and until when it holds.
///
/// `since` (milliseconds) orders sessions against [Account#notBefore]; after everything was ended
/// it may be ahead of the clock by [parley.messaging.Limits#SERVER_CLOCK_ALLOWANCE] or so.
/// `expiresAt` is in whole seconds. `silent` says that its person was not asked who they are when
/// it began: an identity provider knew them already, and let them in.
public record Session(SessionId id, UserId user, Instant since, Instant expiresAt, boolean silent) {
  /// One whose person has just shown who they are.
  public Session(SessionId id, UserId user, Instant since, Instant expiresAt) {
    this(id, user, since, expiresAt, false);
  }

  /// Whether it is past its end: the service deletes expired items days late.
  public boolean isExpiredAt(Instant now) {
    return !expiresAt.isAfter(now);
  }

  /// Whether everything that began up to some later moment was ended.
  public boolean isEndedBy(Account account) {
    return !since.isAfter(account.notBefore());
  }

  /// The same session, begun anew by its person's password.
  Session restartedAt(Instant newSince) {
    return new Session(id, user, newSince, expiresAt);
  }
}
