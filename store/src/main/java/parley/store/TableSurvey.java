package parley.store;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Glance;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.Survey;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// Reads the whole table, for the offline tools.
public final class TableSurvey implements Survey {
  /// Items of a page of a scan, at most: about what DynamoDB's own limit of 1 MB lets through. For
  /// a page without a limit the embedded engine goes through all that is left of the table.
  public static final int PAGE = 5_000;

  private final Table table;

  public TableSurvey(Table table) {
    this.table = table;
  }

  @Override
  public void conversations(Consumer<ConversationId> visitor, Consumer<String> unreadable) {
    scan(
        unreadable,
        (entity, item) -> {
          if (entity == Entity.HEAD || entity == Entity.ENTRY) {
            String pk = Key.of(item).pk();
            visitor.accept(new ConversationId(pk.substring(Entity.HEAD.pk("").length())));
          }
        });
  }

  @Override
  public void rows(Consumer<InboxRow> visitor, Consumer<String> unreadable) {
    scan(
        unreadable,
        (entity, item) -> {
          if (entity == Entity.ROW) {
            visitor.accept(RowItems.read(item));
          }
        });
  }

  /// Shows an item of the table, which is this entity, to `glance`, if it is one of a conversation.
  public static void show(
      @Nullable Entity entity, Map<String, AttributeValue> item, Glance glance) {
    ConversationId id = null;
    try {
      if (entity == Entity.HEAD || entity == Entity.ENTRY) {
        id = new ConversationId(Key.of(item).pk().substring(Entity.HEAD.pk("").length()));
        if (entity == Entity.HEAD) {
          glance.head(EntryItems.readHead(id, new Item(item)));
        } else {
          glance.entry(id, EntryItems.read(item));
        }
      } else if (entity == Entity.ROW) {
        id = RowItems.key(Key.of(item)).conversation();
        glance.row(RowItems.read(item));
      }
    } catch (Item.Malformed | IllegalArgumentException e) {
      glance.unreadable(id);
    }
  }

  private void scan(
      Consumer<String> unreadable, BiConsumer<Entity, Map<String, AttributeValue>> visitor) {
    Map<String, AttributeValue> from = Map.of();
    do {
      Map<String, AttributeValue> start = from;
      ScanResponse page =
          table
              .client()
              .scan(r -> {
                r.tableName(table.name()).limit(PAGE).consistentRead(true);
                if (!start.isEmpty()) {
                  r.exclusiveStartKey(start);
                }
              });
      for (Map<String, AttributeValue> item : page.items()) {
        Key key = Key.of(item);
        try {
          Entity.of(key.pk(), key.sk()).ifPresent(entity -> visitor.accept(entity, item));
        } catch (Item.Malformed | IllegalArgumentException e) {
          unreadable.accept(key.pk() + " " + key.sk() + ": " + e.getMessage());
        }
      }
      from = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
    } while (!from.isEmpty());
  }
}
