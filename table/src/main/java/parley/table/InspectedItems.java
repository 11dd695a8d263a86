package parley.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parley.api.Inspector;
import parley.server.Refused;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// Items as item collections, a page at a time: each request reads a bounded part of the table.
final class InspectedItems {
  /// Sorts after every sort key.
  private static final String END = new String(Character.toChars(Character.MAX_CODE_POINT));

  private final OpenTable table;

  InspectedItems(OpenTable table) {
    this.table = table;
  }

  /// A page of the whole table, which passes over what is beyond the first items of a collection.
  ///
  /// @throws Refused if no page ended with `from`
  Inspector.Page page(@Nullable String from, boolean texts) {
    Map<String, Found> found = new LinkedHashMap<>();
    Map<String, AttributeValue> key = from == null ? Map.of() : cursor(from);
    double units = 0;
    for (int i = 0; i < InspectBounds.SCANS && found.size() < InspectBounds.COLLECTIONS; i++) {
      ScanResponse page = scan(key);
      units += units(page.consumedCapacity());
      for (Map<String, AttributeValue> item : page.items()) {
        found.computeIfAbsent(Ink.key(item, TableDesign.PK), _ -> new Found()).add(item);
      }
      key = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
      if (key.isEmpty()) {
        break;
      }
      Found last = found.get(Ink.key(key, TableDesign.PK));
      if (last != null && last.isFull()) {
        last.more = true;
        key = key(Ink.key(key, TableDesign.PK), END);
      }
    }
    List<Inspector.Collection> collections = new ArrayList<>();
    found.forEach((pk, each) ->
        collections.add(
            new Inspector.Collection(
                pk, each.items.stream().map(item -> item(item, texts)).toList(), each.more)));
    return new Inspector.Page(collections, key.isEmpty() ? null : Cursor.of(key), units);
  }

  /// What of one collection was seen.
  private static final class Found {
    final List<Map<String, AttributeValue>> items = new ArrayList<>();
    boolean more;

    boolean isFull() {
      return items.size() >= InspectBounds.CELLS;
    }

    void add(Map<String, AttributeValue> item) {
      if (isFull()) {
        more = true;
      } else {
        items.add(item);
      }
    }
  }

  private ScanResponse scan(Map<String, AttributeValue> key) {
    return table
        .client()
        .scan(r -> {
          r.tableName(table.name())
              .limit(InspectBounds.SCAN_ITEMS)
              .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
          if (!key.isEmpty()) {
            r.exclusiveStartKey(key);
          }
        });
  }

  /// A page of one collection.
  ///
  /// @throws Refused if nobody is called so, or no page ended with `from`
  Inspector.Opened open(String of, @Nullable String from, boolean descending, boolean texts) {
    String pk = partition(of);
    Map<String, AttributeValue> key = from == null ? Map.of() : cursor(from);
    if (!key.isEmpty() && !pk.equals(Ink.key(key, TableDesign.PK))) {
      throw badCursor();
    }
    QueryResponse page = query(pk, false, InspectBounds.ITEMS, descending, key);
    double units = units(page.consumedCapacity());
    List<Inspector.Place> places = new ArrayList<>();
    boolean placesGoOn = false;
    if (from == null) {
      QueryResponse index = query(pk, true, InspectBounds.PLACES, true, Map.of());
      units += units(index.consumedCapacity());
      placesGoOn = index.hasLastEvaluatedKey();
      index.items().forEach(item -> places.add(place(item)));
    }
    boolean more = page.hasLastEvaluatedKey();
    return new Inspector.Opened(
        new Inspector.Collection(
            pk, page.items().stream().map(item -> item(item, texts)).toList(), more),
        places,
        placesGoOn,
        more ? Cursor.of(page.lastEvaluatedKey()) : null,
        units);
  }

  /// The partition key of a person, of a conversation, or as it was given.
  private String partition(String of) {
    String key = Partitions.key(table, of);
    if (key == null) {
      throw Refused.input(
          "Nobody has the handle "
              + (of.startsWith("@") ? of.substring(1) : of)
              + ". Give a handle, the id of an account (u-…) or of a conversation (c-…), or a"
              + " partition key such as H#an.");
    }
    return key;
  }

  private QueryResponse query(
      String pk, boolean inIndex, int limit, boolean descending, Map<String, AttributeValue> key) {
    return table
        .client()
        .query(r -> {
          r.tableName(table.name())
              .keyConditionExpression("#pk = :pk")
              .expressionAttributeNames(Map.of("#pk", TableDesign.PK))
              .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk)))
              .scanIndexForward(!descending)
              .limit(limit)
              .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
          if (inIndex) {
            r.indexName(TableDesign.INBOX_INDEX);
          }
          if (!key.isEmpty()) {
            r.exclusiveStartKey(key);
          }
        });
  }

  private static double units(@Nullable ConsumedCapacity consumed) {
    Double units = consumed == null ? null : consumed.capacityUnits();
    return units == null ? 0 : units;
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(
        TableDesign.PK, AttributeValue.fromS(pk), TableDesign.SK, AttributeValue.fromS(sk));
  }

  /// @throws Refused if no page of a table ended so
  private static Map<String, AttributeValue> cursor(String word) {
    Map<String, AttributeValue> key = new HashMap<>();
    try {
      key.putAll(Cursor.parse(word));
    } catch (Refused e) {
      throw badCursor();
    }
    boolean isKey =
        key.size() == 2
            && !Ink.key(key, TableDesign.PK).isEmpty()
            && !Ink.key(key, TableDesign.SK).isEmpty();
    if (!isKey || word.getBytes(StandardCharsets.UTF_8).length > 1_024) {
      throw badCursor();
    }
    return key;
  }

  private static Refused badCursor() {
    return Refused.input("No page ended with this. Leave `from` out to begin at the beginning.");
  }

  static Inspector.Place place(Map<String, AttributeValue> item) {
    return new Inspector.Place(
        Ink.key(item, TableDesign.PK),
        Ink.key(item, TableDesign.SK),
        Ink.key(item, TableDesign.INBOX_KEY));
  }

  /// An item as it is told: with what people wrote, or without.
  static Inspector.Item item(Map<String, AttributeValue> item, boolean texts) {
    Ink ink = new Ink(false, texts);
    Entity entity = Ink.entity(item);
    List<Inspector.Attribute> attributes = new ArrayList<>();
    new TreeMap<>(item)
        .forEach((name, value) -> {
          if (!name.equals(TableDesign.PK) && !name.equals(TableDesign.SK)) {
            attributes.add(attribute(ink, name, value, entity != null));
          }
        });
    String place = Ink.key(item, TableDesign.INBOX_KEY);
    return new Inspector.Item(
        Ink.key(item, TableDesign.PK),
        Ink.key(item, TableDesign.SK),
        entity == null ? null : RecentChanges.name(entity),
        place.isEmpty() ? null : place,
        ItemSize.of(item),
        attributes);
  }

  /// Of what is not Parley's nobody knows what people wrote in it.
  private static Inspector.Attribute attribute(
      Ink ink, String name, AttributeValue value, boolean ours) {
    String text = text(value);
    boolean hidden = ours ? ink.isHidden(name, value) : !ink.showsText();
    String type = value.type().name();
    if (hidden) {
      return new Inspector.Attribute(name, type, null, text.codePointCount(0, text.length()));
    }
    String shown =
        text.codePointCount(0, text.length()) <= InspectBounds.VALUE_CHARS
            ? text
            : text.substring(0, text.offsetByCodePoints(0, InspectBounds.VALUE_CHARS)) + "…";
    return new Inspector.Attribute(name, type, shown, null);
  }

  private static String text(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> value.n();
      case SS -> String.join(", ", value.ss().stream().sorted().toList());
      case BOOL -> value.bool().toString();
      case B, NUL, NS, BS, L, M, UNKNOWN_TO_SDK_VERSION -> DynamoJson.text(DynamoJson.value(value));
    };
  }
}
