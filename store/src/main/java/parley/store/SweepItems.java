package parley.store;

import static parley.store.TableDesign.PK;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.message.Age;
import parley.messaging.message.Entry;
import parley.messaging.message.Vanishing;
import parley.messaging.retention.Sweep;
import parley.messaging.retention.Sweeps;
import parley.messaging.retention.VanishedTexts;
import parley.store.Table.Expression;
import parley.store.Table.Outcome;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// How far the sweep is, and what it does with what it finds.
///
/// Each item tells by itself whether its time is over: an entry and a row by their own time and
/// days. So pieces need no order, and nothing has to be looked up.
public final class SweepItems implements Sweeps, VanishedTexts {
  private static final String NEXT_AT = "nextAt";
  private static final String WANTED_AT = "wantedAt";
  private static final String VERSION = "version";

  private final Table table;

  public SweepItems(Table table) {
    this.table = table;
  }

  @Override
  public @Nullable Sweep sweep() {
    Map<String, AttributeValue> there = table.get(AccessPattern.SWEEP, Key.sweep());
    if (there == null) {
      return null;
    }
    Item item = new Item(there);
    return new Sweep(
        item.has(NEXT_AT) ? item.time(NEXT_AT) : null,
        item.time(WANTED_AT),
        item.optionalString("cursor"),
        item.number("lasting", 0),
        item.number(VERSION));
  }

  @Override
  public void want(Instant now, Instant at) {
    table.update(
        AccessPattern.WANT_SWEEP,
        Key.sweep(),
        Expression.of("SET #wanted = :now, #next = if_not_exists(#next, :at) ADD #version :one")
            .name("#wanted", WANTED_AT)
            .name("#next", NEXT_AT)
            .name("#version", VERSION)
            .value(":now", now.toEpochMilli())
            .value(":at", at.toEpochMilli())
            .value(":one", 1),
        null);
  }

  @Override
  public @Nullable Sweep move(Sweep next) {
    Sweep stored = next.stored();
    Item.Builder item =
        new Item.Builder(Key.sweep())
            .put(WANTED_AT, stored.wantedAt())
            .put("lasting", stored.lasting())
            .put(VERSION, stored.version());
    if (stored.nextAt() != null) {
      item.put(NEXT_AT, stored.nextAt());
    }
    if (stored.cursor() != null) {
      item.put("cursor", stored.cursor());
    }
    Outcome outcome =
        table.put(
            AccessPattern.MOVE_SWEEP,
            item.build(),
            Expression.of("#version = :seen")
                .name("#version", VERSION)
                .value(":seen", next.version()));
    return outcome instanceof Outcome.Done ? stored : null;
  }

  @Override
  public Piece blank(Vanishing vanishing, @Nullable String cursor, int limit) {
    TablePages.Page page = TablePages.readAbout(table, cursor, limit);
    long blanked = 0;
    long lasting = 0;
    for (Map<String, AttributeValue> item : page.items()) {
      Found found = look(item, vanishing);
      blanked += found.isOver() && blank(item) ? 1 : 0;
      lasting += found.lasts() ? 1 : 0;
    }
    return new Piece(blanked, lasting, page.next());
  }

  /// What an item is to a sweep: whether the time of its words is over, and whether something will
  /// vanish of it later.
  private record Found(boolean isOver, boolean lasts) {
    static final Found NOTHING = new Found(false, false);
  }

  private static Found look(Map<String, AttributeValue> item, Vanishing vanishing) {
    Key key = Key.of(item);
    Entity entity = Entity.of(key.pk(), key.sk()).orElse(null);
    try {
      if (entity == Entity.ENTRY) {
        return holdsText(item) ? look(ageOf(EntryItems.read(item)), vanishing) : Found.NOTHING;
      }
      return entity == Entity.ROW ? look(RowItems.read(item), item, vanishing) : Found.NOTHING;
    } catch (Item.Malformed | IllegalArgumentException e) {
      // An audit tells of it.
      return Found.NOTHING;
    }
  }

  private static Found look(@Nullable Age age, Vanishing vanishing) {
    boolean isOver = age != null && vanishing.isOver(age);
    return new Found(isOver, age != null && !isOver && age.days() > 0);
  }

  private static Found look(InboxRow row, Map<String, AttributeValue> item, Vanishing vanishing) {
    Last last = row.last();
    Found found =
        last == null || !item.containsKey(RowItems.PREVIEW)
            ? Found.NOTHING
            : look(new Age(last.at(), last.days()), vanishing);
    // What will be written in it vanishes too.
    return new Found(found.isOver(), found.lasts() || row.setting().days() > 0);
  }

  private static boolean holdsText(Map<String, AttributeValue> item) {
    return item.containsKey(EntryItems.TEXT) || item.containsKey(EntryItems.ASIDE_TEXT);
  }

  private static @Nullable Age ageOf(Entry entry) {
    return switch (entry) {
      case Entry.Message message -> message.age();
      case Entry.Edit edit -> edit.age();
      case Entry.Unsend _, Entry.Members _, Entry.Retention _, Entry.Other _, Entry.Unreadable _ ->
          null;
    };
  }

  /// Takes the words out of one item, unless somebody was quicker. One write; in the change stream
  /// it is none of a person's, and wakes no function ([StreamFilter]).
  public boolean blank(Map<String, AttributeValue> item) {
    Key key = Key.of(item);
    boolean isRow = Entity.of(key.pk(), key.sk()).orElse(null) == Entity.ROW;
    Expression change =
        isRow
            ? Expression.of("SET #by = :by, #vanished = :yes REMOVE #text")
                .name("#text", RowItems.PREVIEW)
            : Expression.of("SET #by = :by, #vanished = :yes REMOVE #text, #aside, #asideRev")
                .name("#text", EntryItems.TEXT)
                .name("#aside", EntryItems.ASIDE_TEXT)
                .name("#asideRev", EntryItems.ASIDE_REV);
    Expression condition =
        isRow
            // A row that shows another message by now is not touched.
            ? Expression.of("attribute_exists(#text) AND lastSeq = :shown")
                .value(":shown", item.getOrDefault("lastSeq", AttributeValue.fromN("0")))
            : Expression.of(
                    "attribute_exists(#pk) AND (attribute_exists(#text) OR attribute_exists(#aside))")
                .name("#pk", PK);
    return table.update(
            AccessPattern.VANISH,
            key,
            change
                .name("#by", RowItems.BY)
                .name("#vanished", EntryItems.VANISHED)
                .value(":by", RowItems.BY_PROJECTION)
                .value(":yes", AttributeValue.fromBool(true)),
            condition)
        instanceof Outcome.Done;
  }
}
