/// The web client as people meet it: in a real browser, on a real server, one person at each.
/// [Site] is the server, [Person] somebody at a browser of their own.
@NullMarked
package parley.browser;

import org.jspecify.annotations.NullMarked;
