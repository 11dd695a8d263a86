package parley.table;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.Place;
import parley.messaging.message.Entry;
import parley.messaging.message.Text;
import parley.store.StreamDecoder;
import parley.store.StreamDecoder.Decoded;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/// What a record of the change stream says of people and conversations: an event, as the servers
/// understand it.
///
/// @param entity whose item it is, for its colour
/// @param name what happened, in few words
/// @param facts to whom and where, by name, in order
record WatchEvent(@Nullable Entity entity, String name, Map<String, Object> facts) {
  private static final int SESSION_SHOWN = 8;

  /// The event, null for what says nothing about anybody: the bookkeeping of servers.
  static @Nullable WatchEvent of(Record record, boolean showsText) {
    var change = record.dynamodb();
    boolean gone = !change.hasNewImage() || change.newImage().isEmpty();
    Entity entity = Ink.entity(change.keys());
    return switch (StreamDecoder.decode(record)) {
      case Decoded.Appended(var appended) ->
          entry(appended.conversation(), appended.entry(), showsText);
      case Decoded.AccountChanged(UserId user, Account account) -> account(user, account);
      case Decoded.RowChanged(InboxRow row, boolean byReader) -> row(row, byReader);
      case Decoded.BlockChanged(UserId blocker, UserId blocked, boolean isThere) ->
          of(Entity.BLOCK, isThere ? "blocked" : "unblocked")
              .with("by", blocker.value())
              .with("whom", blocked.value());
      case Decoded.SessionEnded(var session) ->
          of(Entity.SESSION, "session ended")
              .with("session", session.toString().substring(0, SESSION_SHOWN) + "…");
      case Decoded.Broken(String cause) ->
          of(entity, "record that cannot be read")
              .with("key", key(change.keys()))
              .with("cause", cause);
      case Decoded.Nothing() ->
          entity == Entity.CHECKPOINT
              ? null
              : of(entity, Ink.label(entity) + (gone ? " gone" : " written"))
                  .with("key", key(change.keys()));
    };
  }

  private static WatchEvent of(@Nullable Entity entity, String name) {
    return new WatchEvent(entity, name, new LinkedHashMap<>());
  }

  private WatchEvent with(String name, @Nullable Object value) {
    if (value != null) {
      facts.put(name, value);
    }
    return this;
  }

  private static String key(Map<String, AttributeValue> keys) {
    return Ink.key(keys, "PK") + " " + Ink.key(keys, "SK");
  }

  private static WatchEvent entry(ConversationId id, Entry entry, boolean showsText) {
    return switch (entry) {
      case Entry.Message message ->
          authored("message", id, message).with("text", text(message.text(), showsText));
      case Entry.Edit edit ->
          authored("edit", id, edit)
              .with("of", edit.target())
              .with("text", text(edit.text(), showsText));
      case Entry.Unsend unsend -> authored("unsend", id, unsend).with("of", unsend.target());
      case Entry.Members members ->
          authored("members changed", id, members)
              .with("members", members.members().size())
              .with("left", members.left().size());
      case Entry.Retention change ->
          authored("messages are kept", id, change).with("days", change.days());
      case Entry.Other other -> at("entry of another version", id, other.seq());
      case Entry.Unreadable unreadable ->
          at("entry that cannot be read", id, unreadable.seq()).with("cause", unreadable.cause());
    };
  }

  private static WatchEvent authored(String name, ConversationId id, Entry.Authored entry) {
    return at(name, id, entry.seq()).with("by", entry.from().value());
  }

  private static WatchEvent at(String name, ConversationId id, long seq) {
    return of(Entity.ENTRY, name).with("seq", seq).with("conversation", id.value());
  }

  private static @Nullable String text(@Nullable Text text, boolean shown) {
    return text == null ? null : shown ? text.value() : Ink.hidden(text.value());
  }

  private static WatchEvent account(UserId user, @Nullable Account account) {
    return account == null
        ? of(Entity.ACCOUNT, "profile of nobody who can be seen").with("user", user.value())
        : of(Entity.ACCOUNT, "profile changed")
            .with("user", user.value())
            .with("handle", account.handle().value());
  }

  private static WatchEvent row(InboxRow row, boolean byReader) {
    InboxRow.Last last = row.last();
    return of(Entity.ROW, byReader ? "read mark" : moves(row) ? "row moved" : "row updated")
        .with("user", row.key().user().value())
        .with("conversation", row.key().conversation().value())
        .with("read", byReader ? (Object) row.read().seq() : null)
        .with("newest", last == null ? null : (Object) last.seq())
        .with("unread", row.unread());
  }

  /// Whether its newest message is the one that moved it in the index.
  private static boolean moves(InboxRow row) {
    InboxRow.Last last = row.last();
    Place place = row.place();
    return last != null && place != null && moved(place).equals(last.at());
  }

  private static Instant moved(Place place) {
    return place.movedAt();
  }

  /// One line for people: `message 7 conversation=c-… by=u-…`.
  String line(Ink ink) {
    StringBuilder line = new StringBuilder(ink.paint(entity, name));
    facts.forEach((fact, value) -> {
      // Whoever wrote it could write to the terminal with it.
      String printable = String.valueOf(value).replaceAll("\\p{Cntrl}", "\u00b7");
      line.append(fact.equals("seq") ? " " + printable : "  " + ink.faint(fact + "=") + printable);
    });
    return line.toString();
  }
}
