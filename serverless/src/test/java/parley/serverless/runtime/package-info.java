@NullMarked
package parley.serverless.runtime;

import org.jspecify.annotations.NullMarked;
