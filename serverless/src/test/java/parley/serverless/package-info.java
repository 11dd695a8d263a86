@NullMarked
package parley.serverless;

import org.jspecify.annotations.NullMarked;
