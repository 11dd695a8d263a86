/// The HTTP side of the process host: [HttpHost] serves the contract of `parley.api` with Helidon.
@NullMarked
package parley.server.http;

import org.jspecify.annotations.NullMarked;
