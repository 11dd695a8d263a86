package parley.messaging.message;

import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;

/// Up to which entry somebody has deleted a conversation for themselves, 0 for not.
@FunctionalInterface
public interface Cleared {
  long upTo(UserId reader, ConversationId id);
}
