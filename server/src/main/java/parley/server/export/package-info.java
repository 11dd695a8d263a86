/// Archives for people, in a folder that nobody else reads.
@NullMarked
package parley.server.export;

import org.jspecify.annotations.NullMarked;
