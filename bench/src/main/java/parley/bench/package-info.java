/// What Parley costs and how fast it is, as ratios measured in one run: `./parley bench`.
@NullMarked
package parley.bench;

import org.jspecify.annotations.NullMarked;
