/// What a person's open connections hear at once: [Event]. Use cases: [Audience], and [Tickets] by
/// which a connection is opened. Port: [TicketStore].
///
/// Delivery here is a courtesy and loses nothing: whoever misses an event sees a gap in the
/// numbers, and asks the log.
@NullMarked
package parley.messaging.event;

import org.jspecify.annotations.NullMarked;
