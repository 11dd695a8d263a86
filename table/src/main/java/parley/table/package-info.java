/// The table as an engineer works with it: seen, asked, filled, audited, priced, watched and moved.
///
/// Everything that is known of the table comes from `parley.store.TableDesign`, and what an access
/// pattern asks is what the store's own method asks: it is called, and its requests are written
/// down. Nothing here runs on the path of a request.
@NullMarked
package parley.table;

import org.jspecify.annotations.NullMarked;
