/// The table tool on real engines.
@NullMarked
package parley.table;

import org.jspecify.annotations.NullMarked;
