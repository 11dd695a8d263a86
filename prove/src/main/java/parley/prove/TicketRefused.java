package parley.prove;

import java.io.IOException;

/// A server did not take a ticket.
public final class TicketRefused extends IOException {
  private static final long serialVersionUID = 1L;

  TicketRefused(Throwable cause) {
    super("the ticket was refused", cause);
  }
}
