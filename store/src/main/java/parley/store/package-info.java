/// The domain's ports on one DynamoDB table. The only room that knows the AWS SDK.
///
/// Open [TableDesign] first: it is the one description of the table, and everything else here, the
/// tables of the tests and the generated `docs/table-design.md` translate it.
@NullMarked
package parley.store;

import org.jspecify.annotations.NullMarked;
