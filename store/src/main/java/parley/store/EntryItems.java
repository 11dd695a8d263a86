package parley.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Head;
import parley.messaging.message.Age;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Stamp;
import parley.messaging.message.Keep;
import parley.messaging.message.Text;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Entries and heads as items, and back.
final class EntryItems {
  static final String TEXT = "text";

  /// The numbers of a message's edits, so that they can be found when it is unsent.
  static final String EDITS = "edits";

  /// What the sender of a message alone sees in place of its text, and by which edit.
  static final String ASIDE_TEXT = "asideText";

  static final String ASIDE_REV = "asideRev";

  /// That the text is gone because its time was over.
  static final String VANISHED = "vanished";

  private static final String ASIDE = "aside";
  private static final String HIDDEN_FROM = "hiddenFrom";
  private static final String KIND = "kind";
  static final String MESSAGE = "message";
  static final String EDIT = "edit";
  static final String UNSEND = "unsend";
  static final String MEMBERS = "members";
  private static final String RETENTION = "retention";
  private static final String KEEP = "keep";
  private static final String KEEP_SEQ = "keepSeq";
  private static final String KEEP_ASIDE = "keepAside";
  private static final String TARGET_AT = "targetAt";
  private static final String TARGET_DAYS = "targetDays";

  private EntryItems() {}

  static Map<String, AttributeValue> write(ConversationId id, Entry.Authored entry) {
    Stamp stamp = entry.stamp();
    Item.Builder item =
        new Item.Builder(Key.entry(id, entry.seq()))
            .put("from", entry.from().value())
            .put("clientId", entry.clientId().toString())
            .put("at", stamp.at())
            .put("n", stamp.n())
            .put("stateSeq", stamp.stateSeq())
            .put("movedAt", stamp.movedAt());
    if (!stamp.hiddenFrom().isEmpty()) {
      item.put(HIDDEN_FROM, ids(stamp.hiddenFrom()));
    }
    write(stamp.keep(), item);
    switch (entry) {
      case Entry.Message message -> {
        item.put(KIND, MESSAGE);
        if (message.text() != null) {
          item.put(TEXT, message.text().value());
        }
        if (message.rev() > 0) {
          item.put("rev", message.rev());
        }
      }
      case Entry.Edit edit -> {
        item.put(KIND, EDIT).put("target", edit.target()).put("targetN", edit.targetN());
        if (edit.text() != null) {
          item.put(TEXT, edit.text().value());
        }
        if (edit.aside()) {
          item.put(ASIDE, true);
        }
        item.put(TARGET_AT, edit.age().at());
        if (edit.age().days() > 0) {
          item.put(TARGET_DAYS, edit.age().days());
        }
      }
      case Entry.Unsend unsend ->
          item.put(KIND, UNSEND).put("target", unsend.target()).put("targetN", unsend.targetN());
      case Entry.Members members -> {
        item.put(KIND, MEMBERS).put(MEMBERS, ids(members.members()));
        if (!members.left().isEmpty()) {
          item.put("left", ids(members.left()));
        }
      }
      case Entry.Retention retention -> item.put(KIND, RETENTION).put("days", retention.days());
    }
    return item.build();
  }

  /// Where everything is kept for ever, nothing is written: entries are no larger for it.
  private static void write(Keep keep, Item.Builder item) {
    if (keep.days() > 0) {
      item.put(KEEP, keep.days());
    }
    if (keep.since() > 0) {
      item.put(KEEP_SEQ, keep.since());
    }
    if (keep.aside() != keep.days()) {
      item.put(KEEP_ASIDE, keep.aside());
    }
  }

  private static Keep keep(Item item) {
    int days = days(item, KEEP, 0);
    return new Keep(days, item.number(KEEP_SEQ, 0), days(item, KEEP_ASIDE, days));
  }

  /// A number of days, whatever somebody wrote there.
  private static int days(Item item, String name, int otherwise) {
    return Math.clamp(item.number(name, otherwise), 0, Limits.RETENTION_DEPLOYMENT_DAYS_MAX);
  }

  /// The entry that an item holds. It never fails: an item that is none is [Entry.Unreadable], so
  /// that one spoilt item does not hide a conversation.
  static Entry read(Map<String, AttributeValue> attributes) {
    long seq = Long.parseLong(Key.of(attributes).sk().substring(prefixLength()));
    try {
      return read(seq, new Item(attributes));
    } catch (Item.Malformed e) {
      return new Entry.Unreadable(seq, String.valueOf(e.getMessage()));
    }
  }

  private static Entry read(long seq, Item item) {
    Stamp stamp =
        new Stamp(
            seq,
            item.time("at"),
            item.number("n"),
            item.number("stateSeq"),
            item.time("movedAt"),
            item.has(HIDDEN_FROM) ? item.users(HIDDEN_FROM) : Set.of(),
            keep(item));
    String kind = item.string(KIND);
    return switch (kind) {
      case MESSAGE ->
          new Entry.Message(
              stamp,
              from(item),
              clientId(item),
              item.has(TEXT) ? text(item) : null,
              item.number("rev", 0),
              item.has(ASIDE_TEXT)
                  ? new Entry.Aside(new Text(item.string(ASIDE_TEXT)), item.number(ASIDE_REV))
                  : null,
              item.has(VANISHED));
      case EDIT ->
          new Entry.Edit(
              stamp,
              from(item),
              clientId(item),
              item.number("target"),
              item.number("targetN"),
              item.has(TEXT) ? text(item) : null,
              item.has(ASIDE),
              item.has(TARGET_AT)
                  ? new Age(item.time(TARGET_AT), days(item, TARGET_DAYS, 0))
                  : Entry.Edit.oldest(stamp));
      case UNSEND ->
          new Entry.Unsend(
              stamp, from(item), clientId(item), item.number("target"), item.number("targetN"));
      case MEMBERS ->
          new Entry.Members(
              stamp,
              from(item),
              clientId(item),
              item.users(MEMBERS),
              item.has("left") ? item.users("left") : Set.of());
      case RETENTION ->
          new Entry.Retention(stamp, from(item), clientId(item), days(item, "days", 0));
      default -> new Entry.Other(stamp, kind);
    };
  }

  static Map<String, AttributeValue> head(Head head) {
    return new Item.Builder(Key.head(head.id()))
        .put(KIND, "direct")
        .put(MEMBERS, ids(head.members()))
        .put("stateSeq", head.stateSeq())
        .expiresAt(head.expiresAt())
        .build();
  }

  static Head readHead(ConversationId id, Item item) {
    String kind = item.string(KIND);
    if (!kind.equals("direct")) {
      throw new Item.Malformed("a conversation head of the unknown kind " + kind);
    }
    Instant expiresAt = item.expiresAt();
    return new Head(id, Head.Kind.DIRECT, item.users(MEMBERS), item.number("stateSeq"), expiresAt);
  }

  private static UserId from(Item item) {
    return item.user("from");
  }

  private static ClientId clientId(Item item) {
    return switch (ClientId.parse(item.string("clientId"))) {
      case Parsed.Good<ClientId>(ClientId id) -> id;
      case Parsed.Bad<ClientId> _ -> throw new Item.Malformed("attribute clientId is no UUIDv7");
    };
  }

  private static Text text(Item item) {
    return new Text(item.string(TEXT));
  }

  private static List<String> ids(Set<UserId> users) {
    return users.stream().map(UserId::value).sorted().toList();
  }

  private static int prefixLength() {
    return Entity.ENTRY.skPrefix().length();
  }
}
