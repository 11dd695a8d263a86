@NullMarked
package parley.server.web;

import org.jspecify.annotations.NullMarked;
