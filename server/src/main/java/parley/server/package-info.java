/// The process host: opens a [Deployment], pumps the change stream to the use cases and to whoever
/// is connected ([Feed]), and serves the contract ([ParleyServer]). It holds no rules.
@NullMarked
package parley.server;

import org.jspecify.annotations.NullMarked;
