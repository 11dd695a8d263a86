package parley.messaging.message;

import parley.messaging.conversation.ConversationId;

/// Who wants to know at once what this process has appended (the stream tells everybody a little
/// later).
@FunctionalInterface
public interface Appends {
  void appended(ConversationId id, Entry.Authored entry);
}
