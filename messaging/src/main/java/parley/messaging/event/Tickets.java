package parley.messaging.event;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.Authenticated;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.Sessions;

/// Use case: opening a connection where a session's token cannot be shown, as in a browser, which
/// sends no headers of one's own with a WebSocket, and whose addresses end up in logs.
public final class Tickets {
  private final TicketStore store;
  private final Sessions sessions;
  private final InstantSource clock;
  private final SecureRandom random;

  public Tickets(TicketStore store, Sessions sessions, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.sessions = sessions;
    this.clock = clock;
    this.random = random;
  }

  /// A ticket, and until when it can be used.
  public record Issued(Ticket ticket, Instant expiresAt) {}

  /// A ticket of this session, good for one connection within [Limits#TICKET_LIFE].
  public Issued issue(Session session) {
    Ticket ticket = Ticket.random(random);
    Instant expiresAt = clock.instant().plus(Limits.TICKET_LIFE).truncatedTo(ChronoUnit.MILLIS);
    store.issue(ticket.hash(), session.id(), expiresAt);
    return new Issued(ticket, expiresAt);
  }

  /// Whose it is; null if it was never given out, was used or ran out, or its session is over.
  public @Nullable Authenticated redeem(Ticket ticket) {
    // It may be from a server whose clock is behind.
    Instant by = clock.instant().minus(Limits.SERVER_CLOCK_ALLOWANCE);
    SessionId session = store.redeem(ticket.hash(), by);
    return session == null ? null : sessions.who(session);
  }
}
