package parley.api;

import java.time.Instant;
import java.util.List;
import parley.messaging.event.Ticket;
import parley.messaging.event.Tickets;

/// Tickets for connections. What then comes over them is in [Live], and in docs/events.md.
final class EventRoutes {
  private final Tickets tickets;

  EventRoutes(Tickets tickets) {
    this.tickets = tickets;
  }

  @Wire(name = "EventTicket", doc = "What opens one connection, once.")
  record EventTicket(
      @Doc(
              "Send it as the second of two subprotocols with GET /api/events, after parley.v1. It is"
                  + " not shown again.")
          Ticket ticket,
      @Doc("Until when it can be used.") Instant expiresAt) {}

  List<Route> routes() {
    return List.of(
        Route.post(
                Live.PATH + "/ticket",
                "makeEventTicket",
                "Makes a ticket for a WebSocket at GET /api/events, which says at once what happens.")
            .limited(RateLimit.GENERAL)
            .answers(EventTicket.class, 201)
            .by(this::make));
  }

  private Answer<EventTicket> make(Call call) {
    Tickets.Issued issued = tickets.issue(call.session());
    return Answer.created(new EventTicket(issued.ticket(), issued.expiresAt()));
  }
}
