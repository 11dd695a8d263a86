@NullMarked
package parley.messaging.event;

import org.jspecify.annotations.NullMarked;
