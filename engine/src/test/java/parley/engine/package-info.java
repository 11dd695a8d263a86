@NullMarked
package parley.engine;

import org.jspecify.annotations.NullMarked;
