/// That proofs can fail, and that Parley passes them.
@NullMarked
package parley.prove;

import org.jspecify.annotations.NullMarked;
