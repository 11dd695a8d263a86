package parley.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.Projector;
import parley.messaging.message.Entry;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/// What a record of the change stream means. Told by key and image alone, never by INSERT or
/// MODIFY, which engines mark differently.
public final class StreamDecoder {
  private StreamDecoder() {}

  /// A record, understood.
  public sealed interface Decoded {
    /// An entry was appended.
    record Appended(Projector.Change change) implements Decoded {}

    /// An account changed: what is remembered of it is out of date. `account` is what it is now,
    /// null where it is none (yet).
    record AccountChanged(UserId user, @Nullable Account account) implements Decoded {}

    /// An inbox row changed: the reader marked it as read, or the projection brought it up to date.
    /// Nothing to project.
    record RowChanged(InboxRow row, boolean byReader) implements Decoded {}

    /// A block came or went.
    record BlockChanged(UserId blocker, UserId blocked, boolean isThere) implements Decoded {}

    /// A session was ended, or ran out long ago.
    record SessionEnded(SessionId session) implements Decoded {}

    /// Nothing that anybody waits for: checkpoints, deletions.
    record Nothing() implements Decoded {}

    /// It should mean something, and cannot be read. `cause` holds no values.
    record Broken(String cause) implements Decoded {}
  }

  /// A record as the stream's own client reads it.
  public static Decoded decode(Record record) {
    var change = record.dynamodb();
    return decode(change.keys(), change.hasNewImage() ? change.newImage() : Map.of());
  }

  /// A record's keys, and the item as it is now, empty where there is none.
  public static Decoded decode(
      Map<String, AttributeValue> keys, Map<String, AttributeValue> image) {
    try {
      Key key = Key.of(keys);
      Entity entity = Entity.of(key.pk(), key.sk()).orElse(null);
      if (entity == Entity.ENTRY && !image.isEmpty()) {
        return entry(key, image);
      }
      if (entity == Entity.ACCOUNT) {
        return new Decoded.AccountChanged(
            new UserId(key.pk().substring(Entity.ACCOUNT.pk("").length())), account(image));
      }
      if (entity == Entity.ROW && !image.isEmpty()) {
        return row(image);
      }
      if (entity == Entity.BLOCK) {
        UserId blocker = new UserId(key.pk().substring(Entity.BLOCK.pk("").length()));
        return new Decoded.BlockChanged(blocker, BlockItems.blocked(key), !image.isEmpty());
      }
      if (entity == Entity.SESSION && image.isEmpty()) {
        return new Decoded.SessionEnded(
            new SessionId(key.pk().substring(Entity.SESSION.pk("").length())));
      }
      return new Decoded.Nothing();
    } catch (Item.Malformed | IllegalArgumentException e) {
      // Causes of both kinds name what is wrong, and never a value.
      return new Decoded.Broken(String.valueOf(e.getMessage()));
    }
  }

  private static Decoded entry(Key key, Map<String, AttributeValue> image) {
    ConversationId id = new ConversationId(key.pk().substring(Entity.ENTRY.pk("").length()));
    Entry entry = EntryItems.read(image);
    return isRewritten(entry)
        ? new Decoded.Nothing()
        : new Decoded.Appended(new Projector.Change(id, entry));
  }

  /// A message with a revision, and one or an edit without a text, were rewritten by the projection
  /// or by a sweep: their first images came before, and the edit or unsend behind it is an entry of
  /// its own.
  private static boolean isRewritten(Entry entry) {
    return entry instanceof Entry.Message message
            && (message.rev() > 0 || message.aside() != null || message.text() == null)
        || entry instanceof Entry.Edit edit && edit.text() == null;
  }

  /// Whether an item has an end, as the profile of a sign-up that is under way: heard of late, it
  /// says nothing of the account that has come of it since.
  static boolean isPending(Record record) {
    var change = record.dynamodb();
    return change.hasNewImage() && change.newImage().containsKey(TableDesign.TTL);
  }

  private static @Nullable Account account(Map<String, AttributeValue> image) {
    try {
      return Profile.settled(image.isEmpty() ? null : image);
    } catch (Item.Malformed | IllegalArgumentException e) {
      // Whoever asks for it next will find it broken; there is nothing here to set aside.
      return null;
    }
  }

  private static Decoded row(Map<String, AttributeValue> image) {
    try {
      boolean byReader = RowItems.BY_READER.equals(new Item(image).optionalString(RowItems.BY));
      return new Decoded.RowChanged(RowItems.read(image), byReader);
    } catch (Item.Malformed | IllegalArgumentException e) {
      // A row is made from the log, and compared with it by a rebuild.
      return new Decoded.Nothing();
    }
  }
}
