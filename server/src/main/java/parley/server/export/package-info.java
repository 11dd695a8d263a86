/// Archives for people: ZIP files of JSON and of pages for browsers, in a folder that nobody else
/// reads.
@NullMarked
package parley.server.export;

import org.jspecify.annotations.NullMarked;
