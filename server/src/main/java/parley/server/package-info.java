/// The process host: opens a [Deployment], wires the use cases to it ([Services]), pumps the change
/// stream and serves the contract ([ParleyServer]). It holds no rules.
@NullMarked
package parley.server;

import org.jspecify.annotations.NullMarked;
