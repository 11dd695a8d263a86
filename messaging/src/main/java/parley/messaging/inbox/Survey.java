package parley.messaging.inbox;

import java.util.function.Consumer;
import java.util.function.Predicate;
import parley.messaging.conversation.ConversationId;

/// Port for the offline tools alone: it reads the whole table, which no request ever does.
///
/// `unreadable` is told the keys of items that cannot be what their keys say, and why.
public interface Survey {
  /// Every conversation of which there is anything, in no order, some perhaps twice.
  void conversations(Consumer<ConversationId> visitor, Consumer<String> unreadable);

  /// Every inbox row, in no order.
  void rows(Consumer<InboxRow> visitor, Consumer<String> unreadable);

  /// The same, of those conversations alone that `which` names.
  default Survey only(Predicate<ConversationId> which) {
    Survey all = this;
    return new Survey() {
      @Override
      public void conversations(Consumer<ConversationId> visitor, Consumer<String> unreadable) {
        all.conversations(
            id -> {
              if (which.test(id)) {
                visitor.accept(id);
              }
            },
            unreadable);
      }

      @Override
      public void rows(Consumer<InboxRow> visitor, Consumer<String> unreadable) {
        all.rows(
            row -> {
              if (which.test(row.key().conversation())) {
                visitor.accept(row);
              }
            },
            unreadable);
      }
    };
  }
}
