/// The contract's own rules, without any store.
@NullMarked
package parley.api;

import org.jspecify.annotations.NullMarked;
