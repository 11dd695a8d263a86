/// The HTTP side, over real connections.
@NullMarked
package parley.server.http;

import org.jspecify.annotations.NullMarked;
