/// Connections of the process host: `LiveUpgrader` makes WebSockets of requests, with Helidon, and
/// `LiveSocket` is one of them. Who may come and what is said is in `parley.api.Live`; who is told
/// what, in `parley.messaging.event`.
@NullMarked
package parley.server.live;

import org.jspecify.annotations.NullMarked;
