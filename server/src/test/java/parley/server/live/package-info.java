@NullMarked
package parley.server.live;

import org.jspecify.annotations.NullMarked;
