package parley.messaging.account;

import org.jspecify.annotations.Nullable;

/// Port: where sessions are kept.
public interface SessionStore {
  /// Stores a new session. One write.
  void start(Session session);

  /// Stores a session over itself; false if it is not there any more. One write.
  boolean restart(Session session);

  /// The session, by a strongly consistent read; null for none. It may be expired.
  @Nullable Session session(SessionId id);

  /// Removes it, if it is there. One write.
  void end(SessionId id);
}
