@NullMarked
package parley.messaging.account;

import org.jspecify.annotations.NullMarked;
