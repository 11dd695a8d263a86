/// Reports: somebody shows those who run a deployment what was written to them.
///
/// Use case: [Reports]. Port: [ReportStore]. What was reported is copied, so that an edit or an
/// unsend takes nothing from it, and the copy goes by itself.
@NullMarked
package parley.messaging.report;

import org.jspecify.annotations.NullMarked;
