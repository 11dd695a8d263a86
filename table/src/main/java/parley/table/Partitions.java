package parley.table;

import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.store.AccountItems;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;

/// Partitions by what people call them: somebody's handle, the id of a person or of a conversation.
final class Partitions {
  private Partitions() {}

  /// The partition key that a word stands for; the word itself where it is a key. Null where it is
  /// none of these, and nobody has it as a handle.
  static @Nullable String key(OpenTable table, String word) {
    String name = word.startsWith("@") ? word.substring(1) : word;
    if (UserId.isId(name)) {
      return Entity.ACCOUNT.pk(name);
    }
    if (ConversationId.parse(name) instanceof Parsed.Good<ConversationId>(ConversationId id)) {
      return Entity.HEAD.pk(id.value());
    }
    boolean isKey =
        word.contains("#")
            || TableDesign.entities().stream().anyMatch(each -> each.pk("").equals(word));
    if (isKey) {
      return word;
    }
    UserId owner =
        Handle.parse(name) instanceof Parsed.Good<Handle>(Handle handle)
            ? new AccountItems(table.table()).owner(handle)
            : null;
    return owner == null ? null : Entity.ACCOUNT.pk(owner.value());
  }
}
