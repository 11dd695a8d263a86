/// The inbox: rows that are projections of the logs, and the marks that readers leave on them.
///
/// Use case: [Inbox]. Projection: [Projector], fed by the change stream. Way back: [Rebuild]. Port:
/// [InboxStore].
@NullMarked
package parley.messaging.inbox;

import org.jspecify.annotations.NullMarked;
