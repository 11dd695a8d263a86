package parley.api;

import parley.messaging.account.Session;

/// What becomes of a request for a connection.
public sealed interface Connecting {
  /// It may be opened, for this session.
  record Welcome(Session session) implements Connecting {}

  /// It may not; this is the answer instead.
  record Refused(ApiResponse response) implements Connecting {}
}
