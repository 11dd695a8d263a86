package parley.messaging.message;

import java.time.Instant;
import java.time.LocalDate;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;

/// Port: which conversations people began on which day.
public interface ApproachStore {
  /// Takes note that somebody begins a conversation, once however often they try; false if they
  /// have begun `most` others on that day. One write.
  boolean approach(UserId by, ConversationId id, LocalDate day, int most, Instant expiresAt);
}
