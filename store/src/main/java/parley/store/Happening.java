package parley.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.Step;
import parley.messaging.inbox.Projector;
import parley.messaging.message.Entry;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.Record;

/// What a record of the change stream tells somebody who is not of this deployment.
public sealed interface Happening {
  /// When it happened, by the table's clock.
  Instant at();

  /// An entry was appended.
  record Appended(Instant at, ConversationId conversation, Entry entry) implements Happening {}

  /// Everything of an account has been found and removed. May be told twice.
  record Erased(Instant at, UserId user) implements Happening {}

  /// What it is, null for nothing of the kind.
  static @Nullable Happening of(Record record) {
    var change = record.dynamodb();
    Instant at = change.approximateCreationDateTime();
    Instant when = at == null ? Instant.EPOCH : at;
    if (StreamDecoder.decode(record)
        instanceof StreamDecoder.Decoded.Appended(Projector.Change(var id, var entry))) {
      return new Appended(when, id, entry);
    }
    UserId erased = erased(record, when);
    return erased == null ? null : new Erased(when, erased);
  }

  /// An erasure whose first reading of the whole table has found nothing more: from there on its
  /// job rests for a day. Told by how far ahead its next step is, for later steps are near.
  private static @Nullable UserId erased(Record record, Instant at) {
    var change = record.dynamodb();
    Key key = Key.of(change.keys());
    if (!change.hasNewImage() || Entity.of(key.pk(), key.sk()).orElse(null) != Entity.ERASURE) {
      return null;
    }
    try {
      Item job = new Item(change.newImage());
      boolean rests =
          job.string("step").equals(Step.LAST_SWEEP.name())
              && job.time("nextAt").isAfter(at.plus(Limits.ERASURE_LAST_SWEEP_AFTER.dividedBy(2)));
      return rests ? job.user("user") : null;
    } catch (Item.Malformed | IllegalArgumentException e) {
      return null;
    }
  }
}
