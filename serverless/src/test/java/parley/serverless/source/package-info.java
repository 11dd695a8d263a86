@NullMarked
package parley.serverless.source;

import org.jspecify.annotations.NullMarked;
