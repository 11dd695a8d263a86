@NullMarked
package parley.serverless.gateway;

import org.jspecify.annotations.NullMarked;
