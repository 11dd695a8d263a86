@NullMarked
package parley.serverless.template;

import org.jspecify.annotations.NullMarked;
