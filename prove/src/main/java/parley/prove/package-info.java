/// What Parley promises, proved against real servers, over HTTP and WebSocket, while things go
/// wrong: `./parley prove`. Nothing here looks into a server or its table.
///
/// ```
/// Order, Crash    what is done      Client       one request, and requests that are repeated
/// Workload        who sends what    LiveReader   somebody who follows docs/events.md
/// Gathering       what is there     checks       what is wrong with it: plain functions
/// ```
@NullMarked
package parley.prove;

import org.jspecify.annotations.NullMarked;
