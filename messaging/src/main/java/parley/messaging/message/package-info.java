/// The log of a conversation: appending to it exactly once, and reading it.
///
/// Use case: [Messages]. Port: [Log]. An append is one conditional put at the number after the last
/// one; everything else a person sees is a projection of the log (package `inbox`).
@NullMarked
package parley.messaging.message;

import org.jspecify.annotations.NullMarked;
