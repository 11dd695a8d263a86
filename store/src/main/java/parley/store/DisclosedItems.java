package parley.store;

import static parley.store.TableDesign.PK;
import static parley.store.TableDesign.SK;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.export.Archive.Held;
import parley.messaging.export.OwnItems;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What lies under a person's id, as [Disclosure] lets it be shown.
public final class DisclosedItems implements OwnItems {
  /// The words of a row are those of a message, which may be deleted for this person by now.
  private static final String PREVIEW = "preview";

  /// Counts of messages leave out those that are hidden from somebody: beside numbers they would
  /// tell whoever wrote one that they are blocked.
  private static final Set<String> COUNTS = Set.of("lastN", "readN", "ownN", "clearedN");

  private final Table table;

  public DisclosedItems(Table table) {
    this.table = table;
  }

  @Override
  public Part part(UserId user, @Nullable String cursor) {
    Map<String, AttributeValue> partition = Map.of(":pk", AttributeValue.fromS(Key.user(user)));
    List<Map<String, AttributeValue>> items =
        table.query(
            AccessPattern.OWN_ITEMS,
            true,
            Limits.ERASURE_PIECE,
            r -> {
              if (cursor == null) {
                r.keyConditionExpression("#pk = :pk")
                    .expressionAttributeNames(Map.of("#pk", PK))
                    .expressionAttributeValues(partition);
              } else {
                Map<String, AttributeValue> values = new TreeMap<>(partition);
                values.put(":after", AttributeValue.fromS(cursor));
                r.keyConditionExpression("#pk = :pk AND #sk > :after")
                    .expressionAttributeNames(Map.of("#pk", PK, "#sk", SK))
                    .expressionAttributeValues(values);
              }
            });
    List<Held> held = new ArrayList<>();
    List<ConversationId> conversations = new ArrayList<>();
    for (Map<String, AttributeValue> item : items) {
      Key key = Key.of(item);
      Entity entity = Entity.of(key.pk(), key.sk()).orElse(null);
      if (entity != null && Disclosure.of(entity) == Disclosure.SHOWN) {
        held.add(new Held(entity.label(), shown(item, entity)));
      }
      if (entity == Entity.ROW) {
        conversations.add(RowItems.key(key).conversation());
      }
    }
    return new Part(
        held,
        conversations,
        items.size() == Limits.ERASURE_PIECE ? Key.of(items.getLast()).sk() : null);
  }

  private static Map<String, Object> shown(Map<String, AttributeValue> item, Entity entity) {
    Map<String, Object> shown = new TreeMap<>();
    item.forEach((name, value) -> {
      if (TableDesign.SECRETS.contains(name)) {
        shown.put(name, "(kept secret)");
      } else if (!name.equals(PK) && !(entity == Entity.ROW && isNotForThem(name))) {
        shown.put(name.equals(SK) ? "under" : name, plain(value));
      }
    });
    return shown;
  }

  private static boolean isNotForThem(String attribute) {
    return attribute.equals(PREVIEW) || COUNTS.contains(attribute);
  }

  /// As JSON has it.
  private static Object plain(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> number(value.n());
      case BOOL -> value.bool();
      case SS -> value.ss().stream().sorted().toList();
      case NS -> value.ns().stream().map(DisclosedItems::number).toList();
      case L -> value.l().stream().map(DisclosedItems::plain).toList();
      case M -> {
        Map<String, Object> inner = new TreeMap<>();
        value.m().forEach((name, one) -> inner.put(name, plain(one)));
        yield inner;
      }
      case B, BS, NUL, UNKNOWN_TO_SDK_VERSION -> "";
    };
  }

  private static Object number(String text) {
    return new java.math.BigDecimal(text);
  }
}
