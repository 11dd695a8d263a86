package parley.messaging.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a request for a page of a conversation.
public sealed interface History {
  /// Entries ascending by number.
  ///
  /// `lastSeq`: number of the newest entry of the log that is known, 0 for an empty one. `older`:
  /// what to pass as `before` for the page before this one, null where the log begins here (always
  /// null on a page `after` something).
  record Page(List<Entry.Stamped> items, long lastSeq, @Nullable Long older) implements History {
    public Page {
      items = List.copyOf(items);
    }
  }

  /// There is no such conversation, or this person is not in it: nobody is told which.
  record NoConversation() implements History {}
}
