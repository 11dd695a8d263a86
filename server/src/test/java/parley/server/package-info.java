/// Tests of whole servers, over HTTP, on an engine in memory.
@NullMarked
package parley.server;

import org.jspecify.annotations.NullMarked;
