/// What every host of the contract is made of: the use cases, wired to one table ([Services]).
///
/// A process and a function differ in how requests come in and how they hear of changes; what they
/// do with them is the same, and is put together here.
@NullMarked
package parley.host;

import org.jspecify.annotations.NullMarked;
