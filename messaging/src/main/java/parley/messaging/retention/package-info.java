/// Retention: that the text of messages which have vanished leaves the table. What has vanished,
/// and when, is said by [parley.messaging.message.Vanishing]. Use case: [Sweeper]. Ports: [Sweeps],
/// [VanishedTexts].
@NullMarked
package parley.messaging.retention;

import org.jspecify.annotations.NullMarked;
