package parley.messaging.export;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import parley.messaging.account.Account;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Entry;

/// Port: an archive that is being written, from its beginning to its end; or one part of it, where
/// it has several.
public interface Archive extends AutoCloseable {
  /// Whose it is, and when it was made.
  void begin(Account account, Instant at);

  /// Something that is stored under the person's id: its kind, and its attributes by name.
  record Held(String kind, Map<String, Object> attributes) {
    public Held {
      attributes = Map.copyOf(attributes);
    }
  }

  /// More of what is stored under their id. All of it comes before the first conversation.
  void held(List<Held> items);

  /// A page of a conversation, as the person sees it: ascending, the first one number 1. One where
  /// they see nothing has one page, without entries. `people` are those whom the page names, as far
  /// as they have an account.
  record Page(
      ConversationId conversation,
      int number,
      boolean last,
      List<Entry.Stamped> entries,
      Map<UserId, Account> people) {
    public Page {
      entries = List.copyOf(entries);
      people = Map.copyOf(people);
    }
  }

  /// The next page of a conversation; the pages of one come one after the other.
  void page(Page page);

  /// Whether nothing more should come in, and the rest belongs into the next part.
  default boolean isFull() {
    return false;
  }

  /// Writes what is known only at the end; `last` says that no other part follows.
  void end(boolean last);

  /// Lets go of it, finished or not.
  @Override
  void close();
}
