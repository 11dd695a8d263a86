/// What becomes of everything about a person whose account goes: a job in small steps, each safe to
/// repeat, that anybody may go on with.
@NullMarked
package parley.messaging.erasure;

import org.jspecify.annotations.NullMarked;
