package parley.lambda;

import java.time.Instant;
import java.util.Map;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.event.Link;
import parley.messaging.event.Switchboard;
import parley.store.InboxRows;
import parley.store.LinkItems;

/// Connections as API Gateway tells of them: the authorizer's answer comes with every later event
/// of the same connection, so nobody has to look up whose it is.
final class Connections {
  private static final String USER = "user";
  private static final String SESSION = "session";
  private static final String SINCE = "since";
  private static final String EXPIRES = "expires";

  private Connections() {}

  /// Whoever tells them things.
  static Switchboard switchboard(Assembly assembly) {
    Environment environment = assembly.environment();
    return new Switchboard(
        new LinkItems(assembly.table()),
        new InboxRows(assembly.table()),
        session -> assembly.services().sessions().isOver(session),
        new ManagementApi(
            environment.socketEndpoint(),
            environment.region(),
            Clients.credentials(environment),
            () -> assembly.api().live(),
            assembly.patience().gateway()),
        assembly.clock(),
        assembly.patience().telling());
  }

  /// What the authorizer says of whoever may connect.
  static Map<String, String> context(Session session) {
    return Map.of(
        USER, session.user().value(),
        SESSION, session.id().value(),
        SINCE, Long.toString(session.since().toEpochMilli()),
        EXPIRES, Long.toString(session.expiresAt().toEpochMilli()));
  }

  /// The connection that an event is about.
  ///
  /// @throws IllegalArgumentException if the event came past the authorizer
  static Link link(Fields request) {
    Fields who = request.object("authorizer");
    var connectedAt = request.number("connectedAt");
    if (connectedAt == null) {
      throw new IllegalArgumentException("the event has no connectedAt");
    }
    Session session =
        new Session(
            new SessionId(who.required(SESSION)),
            new UserId(who.required(USER)),
            time(who.required(SINCE)),
            time(who.required(EXPIRES)));
    return new Link(
        request.required("connectionId"), session, Instant.ofEpochMilli(connectedAt.longValue()));
  }

  private static Instant time(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
