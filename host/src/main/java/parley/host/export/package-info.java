/// Archives for people: ZIP files of JSON and of pages for browsers.
@NullMarked
package parley.host.export;

import org.jspecify.annotations.NullMarked;
