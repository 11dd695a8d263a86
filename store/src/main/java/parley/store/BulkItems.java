package parley.store;

import java.util.Map;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Head;
import parley.messaging.inbox.InboxStore.Advance;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Entry;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Items as the store writes them, for whoever fills an empty table with many at a time. Nothing
/// here asks whether they may be written: that is what conditions are for, and a batch has none.
public final class BulkItems {
  private BulkItems() {}

  /// A profile whose sign-up is finished.
  public static Map<String, AttributeValue> profile(Account account) {
    return AccountItems.profile(account, null);
  }

  public static Map<String, AttributeValue> handle(Handle handle, UserId user) {
    return AccountItems.claim(handle, user);
  }

  public static Map<String, AttributeValue> head(Head head) {
    return EntryItems.head(head);
  }

  public static Map<String, AttributeValue> entry(ConversationId id, Entry.Authored entry) {
    return EntryItems.write(id, entry);
  }

  /// A row as the projection makes it, with nothing read of it yet.
  public static Map<String, AttributeValue> row(RowKey key, Advance advance) {
    return RowItems.write(key, advance);
  }
}
