/// The command line: one file a command, under [Parley].
@NullMarked
package parley.cli;

import org.jspecify.annotations.NullMarked;
