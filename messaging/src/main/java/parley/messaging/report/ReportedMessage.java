package parley.messaging.report;

import java.time.Instant;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Text;

/// A message as it was when somebody reported it, or one before it by the same person.
///
/// `key` orders them, and says where the next page begins; those of one report differ in their last
/// part alone. `target` is the number of the message that was meant, `seq` that of this one.
public record ReportedMessage(
    String key,
    Instant at,
    UserId reporter,
    Reason reason,
    ConversationId conversation,
    long target,
    UserId from,
    long seq,
    Instant sentAt,
    Text text) {
  /// When it goes.
  public Instant expiresAt() {
    return at.plus(Limits.REPORT_LIFE);
  }
}
