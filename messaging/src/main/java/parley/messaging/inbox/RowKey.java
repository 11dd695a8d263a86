package parley.messaging.inbox;

import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;

/// One person's row of one conversation.
public record RowKey(UserId user, ConversationId conversation) {}
