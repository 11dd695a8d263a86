@NullMarked
package parley.server.webhook;

import org.jspecify.annotations.NullMarked;
