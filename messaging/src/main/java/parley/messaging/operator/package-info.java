/// Those who run a deployment: the tokens that let them in, what they may do, and the trail of what
/// they did. The use cases are [Operators]; nobody here is an account.
@NullMarked
package parley.messaging.operator;

import org.jspecify.annotations.NullMarked;
