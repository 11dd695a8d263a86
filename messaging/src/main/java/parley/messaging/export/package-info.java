/// People take with them what is held of them.
@NullMarked
package parley.messaging.export;

import org.jspecify.annotations.NullMarked;
