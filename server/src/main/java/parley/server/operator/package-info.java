/// What a server counts, for those who run it.
@NullMarked
package parley.server.operator;

import org.jspecify.annotations.NullMarked;
