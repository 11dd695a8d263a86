package parley.messaging.export;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;

/// Port: what is stored under a person's id, and may be shown to them.
public interface OwnItems {
  /// Some of it, and the conversations that this part leads to. `next` is where more is, null at
  /// the end.
  record Part(List<Archive.Held> items, List<ConversationId> conversations, @Nullable String next) {
    public Part {
      items = List.copyOf(items);
      conversations = List.copyOf(conversations);
    }
  }

  /// The part from `cursor` on, null for the first.
  Part part(UserId user, @Nullable String cursor);
}
