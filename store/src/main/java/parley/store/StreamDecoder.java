package parley.store;

import java.util.Map;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
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

    /// An account changed: what is remembered of it is out of date.
    record AccountChanged(UserId user) implements Decoded {}

    /// Nothing that anybody waits for: the projection's own writes, checkpoints, deletions.
    record Nothing() implements Decoded {}

    /// It should mean something, and cannot be read. `cause` holds no values.
    record Broken(String cause) implements Decoded {}
  }

  public static Decoded decode(Record record) {
    var change = record.dynamodb();
    Map<String, AttributeValue> image = change.hasNewImage() ? change.newImage() : Map.of();
    try {
      Key key = Key.of(change.keys());
      Entity entity = Entity.of(key.pk(), key.sk()).orElse(null);
      if (entity == Entity.ENTRY && !image.isEmpty()) {
        return entry(key, image);
      }
      if (entity == Entity.ACCOUNT) {
        return new Decoded.AccountChanged(
            new UserId(key.pk().substring(Entity.ACCOUNT.pk("").length())));
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
    // A message with a revision was rewritten by the projection: its first image came before, and
    // the edit or unsend behind it is an entry of its own.
    return entry instanceof Entry.Message message && message.rev() > 0
        ? new Decoded.Nothing()
        : new Decoded.Appended(new Projector.Change(id, entry));
  }
}
