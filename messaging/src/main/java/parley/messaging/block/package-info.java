/// Blocking people: what somebody who is blocked writes is kept, and hidden from whoever blocked
/// them.
///
/// Use case: [Blocks]. Port: [BlockStore]. Where it takes effect: package `message`, when an entry
/// is appended.
@NullMarked
package parley.messaging.block;

import org.jspecify.annotations.NullMarked;
