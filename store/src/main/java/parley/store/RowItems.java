package parley.store;

import static parley.store.TableDesign.INBOX_KEY;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Choice;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.InboxRow.Setting;
import parley.messaging.inbox.InboxStore.Advance;
import parley.messaging.inbox.Place;
import parley.messaging.inbox.RowKey;
import parley.store.Table.Expression;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Inbox rows as items, and back.
final class RowItems {
  /// Who wrote a row last. Consumers of the stream tell a reader's mark by it from the projection's
  /// own writes.
  static final String BY = "by";

  static final String BY_READER = "reader";
  static final String BY_PROJECTION = "projection";
  static final String REV = "rev";
  static final String PREVIEW = "preview";

  /// How often its person decided something about a row.
  static final String CHOSEN = "chosen";

  /// Digits of a time in milliseconds, until the year 2286.
  private static final int TIME_DIGITS = 13;

  private RowItems() {}

  /// A place as the index sorts it: folder, time, conversation.
  static String inboxKey(Place place) {
    String millis = Long.toString(place.movedAt().toEpochMilli());
    return place.folder()
        + "#"
        + "0".repeat(TIME_DIGITS - millis.length())
        + millis
        + "#"
        + place.conversation();
  }

  static Place place(String inboxKey) {
    String[] parts = inboxKey.split("#", 3);
    if (parts.length != 3) {
      throw new Item.Malformed("attribute " + INBOX_KEY + " is not folder#time#conversation");
    }
    return new Place(
        parts[0], Instant.ofEpochMilli(Long.parseLong(parts[1])), new ConversationId(parts[2]));
  }

  static InboxRow read(Map<String, AttributeValue> attributes) {
    Item item = new Item(attributes);
    RowKey key = key(item.key());
    String peer = item.optionalString("peer");
    String inboxKey = item.optionalString(INBOX_KEY);
    return new InboxRow(
        key,
        peer == null ? null : new UserId(peer),
        item.has("lastN") ? last(item) : null,
        new Mark(item.number("readSeq", 0), item.number("readN", 0)),
        new Mark(item.number("ownSeq", 0), item.number("ownN", 0)),
        inboxKey == null ? null : place(inboxKey),
        choice(item),
        new Setting(
            Math.toIntExact(item.number("keepDays", 0)),
            item.number("keepSeq", 0),
            item.number("keepN", 0)));
  }

  private static Choice choice(Item item) {
    return item.has(CHOSEN)
        ? new Choice(
            new Mark(item.number("clearedSeq", 0), item.number("clearedN", 0)),
            item.number("archivedSeq", 0),
            item.has("muted"),
            item.has("accepted"),
            item.number(CHOSEN))
        : Choice.NONE;
  }

  /// The update that makes a row hold what its person decided, and the place that follows.
  static Expression change(Choice choice, @Nullable Place place) {
    List<String> sets = new ArrayList<>(List.of("#chosen = :chosen", "#by = :by"));
    List<String> removes = new ArrayList<>();
    Expression values =
        Expression.of("")
            .name("#chosen", CHOSEN)
            .name("#by", BY)
            .value(":chosen", choice.version())
            .value(":by", BY_READER);
    Mark cleared = choice.cleared();
    values = setOrRemove("clearedSeq", number(cleared.seq()), sets, removes, values);
    values = setOrRemove("clearedN", number(cleared.n()), sets, removes, values);
    values = setOrRemove("archivedSeq", number(choice.archived()), sets, removes, values);
    values = setOrRemove("muted", flag(choice.muted()), sets, removes, values);
    values = setOrRemove("accepted", flag(choice.accepted()), sets, removes, values);
    AttributeValue key = place == null ? null : AttributeValue.fromS(inboxKey(place));
    values = setOrRemove(INBOX_KEY, key, sets, removes, values);
    return joined(sets, removes, values);
  }

  /// What is 0 or false is not there at all.
  private static @Nullable AttributeValue number(long value) {
    return value == 0 ? null : AttributeValue.fromN(Long.toString(value));
  }

  private static @Nullable AttributeValue flag(boolean value) {
    return value ? AttributeValue.fromBool(true) : null;
  }

  static RowKey key(Key key) {
    return new RowKey(
        new UserId(key.pk().substring(Entity.ROW.pk("").length())),
        new ConversationId(key.sk().substring(Entity.ROW.skPrefix().length())));
  }

  private static Last last(Item item) {
    return new Last(
        item.number("lastSeq"),
        item.number("lastN"),
        item.time("lastAt"),
        new UserId(item.string("lastFrom")),
        item.optionalString(PREVIEW),
        item.number(REV, 0),
        Math.toIntExact(item.number("lastDays", 0)),
        item.has(EntryItems.VANISHED));
  }

  /// A row that the projection has just made, with nothing read of it.
  static Map<String, AttributeValue> write(RowKey key, Advance advance) {
    Last last = advance.last();
    Item.Builder item =
        new Item.Builder(Key.row(key))
            .put("lastSeq", last.seq())
            .put("lastN", last.n())
            .put("lastAt", last.at())
            .put("lastFrom", last.from().value())
            .put(REV, last.rev())
            .put(BY, BY_PROJECTION);
    if (last.preview() != null) {
      item.put(PREVIEW, last.preview());
    }
    if (last.days() > 0) {
      item.put("lastDays", last.days());
    }
    if (last.vanished()) {
      item.put(EntryItems.VANISHED, true);
    }
    if (advance.peer() != null) {
      item.put("peer", advance.peer().value());
    }
    Mark own = advance.own();
    if (own != null) {
      item.put("ownSeq", own.seq()).put("ownN", own.n());
    }
    if (advance.place() != null) {
      item.put(INBOX_KEY, inboxKey(advance.place()));
    }
    return item.build();
  }

  /// The update that makes a row show what `advance` says. A place of null leaves it where it is,
  /// or takes it out of the index.
  static Expression change(Advance advance, boolean outOfIndex) {
    Last last = advance.last();
    List<String> sets =
        new ArrayList<>(
            List.of(
                "lastSeq = :seq",
                "lastN = :n",
                "lastAt = :at",
                "lastFrom = :from",
                "#rev = :rev",
                "#by = :by"));
    List<String> removes = new ArrayList<>();
    Expression values =
        Expression.of("")
            .name("#rev", REV)
            .name("#by", BY)
            .value(":seq", last.seq())
            .value(":n", last.n())
            .value(":at", last.at().toEpochMilli())
            .value(":from", last.from().value())
            .value(":rev", last.rev())
            .value(":by", BY_PROJECTION);
    String preview = last.preview();
    AttributeValue text = preview == null ? null : AttributeValue.fromS(preview);
    values = setOrRemove(PREVIEW, text, sets, removes, values);
    values = setOrRemove("lastDays", number(last.days()), sets, removes, values);
    values = setOrRemove(EntryItems.VANISHED, flag(last.vanished()), sets, removes, values);
    UserId peer = advance.peer();
    if (peer != null) {
      values = set("peer", AttributeValue.fromS(peer.value()), sets, values);
    }
    Mark own = advance.own();
    if (own != null) {
      sets.add("ownSeq = :ownSeq");
      sets.add("ownN = :ownN");
      values = values.value(":ownSeq", own.seq()).value(":ownN", own.n());
    }
    Place place = advance.place();
    if (place != null) {
      // The same key again costs nothing on the index: only a key that changes is written there.
      values = set(INBOX_KEY, AttributeValue.fromS(inboxKey(place)), sets, values);
    } else if (outOfIndex) {
      removes.add(INBOX_KEY);
    }
    return joined(sets, removes, values);
  }

  /// The update that makes a row be as `row` says, what its reader wrote aside.
  static Expression repaired(InboxRow row, Last last) {
    Expression change =
        change(new Advance(row.peer(), last, row.own(), row.place()), row.place() == null);
    Setting setting = row.setting();
    String sets = ", keepDays = :keepDays, keepSeq = :keepSeq, keepN = :keepN";
    // The sets stand first, and what is removed behind them.
    int at = change.text().indexOf(" REMOVE ");
    int end = at < 0 ? change.text().length() : at;
    String text = change.text().substring(0, end) + sets + change.text().substring(end);
    return set(setting, new Expression(text, change.names(), change.values()));
  }

  /// The update that lets a row say for how long messages are kept.
  static Expression change(Setting setting) {
    return set(
        setting,
        Expression.of("SET keepDays = :keepDays, keepSeq = :keepSeq, keepN = :keepN, #by = :by")
            .name("#by", BY)
            .value(":by", BY_PROJECTION));
  }

  private static Expression set(Setting setting, Expression change) {
    return change
        .value(":keepDays", setting.days())
        .value(":keepSeq", setting.seq())
        .value(":keepN", setting.n());
  }

  private static Expression joined(List<String> sets, List<String> removes, Expression values) {
    String text =
        "SET "
            + String.join(", ", sets)
            + (removes.isEmpty() ? "" : " REMOVE " + String.join(", ", removes));
    return new Expression(text, values.names(), values.values());
  }

  private static Expression setOrRemove(
      String attribute,
      @Nullable AttributeValue value,
      List<String> sets,
      List<String> removes,
      Expression values) {
    if (value == null) {
      removes.add(attribute);
      return values;
    }
    return set(attribute, value, sets, values);
  }

  private static Expression set(
      String attribute, AttributeValue value, List<String> sets, Expression values) {
    sets.add(attribute + " = :" + attribute);
    return values.value(":" + attribute, value);
  }
}
