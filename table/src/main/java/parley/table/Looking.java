package parley.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import parley.server.Refused;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
import parley.store.TableSurvey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Items as they are: the whole table, a partition, one item.
public final class Looking {
  private final OpenTable table;
  private final Out out;

  public Looking(OpenTable table, Out out) {
    this.table = table;
    this.out = out;
  }

  /// What is shown of what is read.
  ///
  /// @param entities those that are shown, all for an empty set
  /// @param limit how many items at most, 0 for all
  /// @param from where an earlier page ended, null for the beginning
  public record Window(Set<Entity> entities, long limit, @Nullable String from) {
    public Window {
      entities = Set.copyOf(entities);
    }

    boolean shows(Map<String, AttributeValue> item) {
      Entity entity = Ink.entity(item);
      return entities.isEmpty() || entity != null && entities.contains(entity);
    }
  }

  /// Items of one partition.
  ///
  /// @param pk its key, or what people call it: a handle or an id
  /// @param begins what the sort keys begin with
  /// @param inIndex the places in the inbox index instead of the items
  public record Partition(
      String pk, String begins, boolean inIndex, boolean descending, boolean strong) {}

  /// One round trip's worth.
  private record Page(
      List<Map<String, AttributeValue>> items,
      Map<String, AttributeValue> lastKey,
      @Nullable ConsumedCapacity consumed) {}

  private interface Pages {
    Page after(Map<String, AttributeValue> key);
  }

  public void scan(Window window, Rate rate) {
    TableDescription there = table.description();
    Pace pace = rate.on(table, false, out);
    Tally tally = new Tally(window);
    Map<String, AttributeValue> from =
        window.from() == null ? Map.of() : Cursor.parse(window.from());
    if (window.limit() > 0) {
      walk(tally, from, key -> page(key, pace));
      return;
    }
    try (ProgressBar progress = out.progressAside("items", Out.about(there))) {
      new WholeTable(table, false, pace, TableSurvey.PAGE)
          .read(
              from,
              (page, _) -> {
                tally.add(page(page), this::show);
                progress.stepBy(page.items().size());
              });
    }
    out.aside(tally.sum());
  }

  private Page page(Map<String, AttributeValue> key, Pace pace) {
    ScanRequest.Builder request =
        ScanRequest.builder()
            .tableName(table.name())
            .limit(TableSurvey.PAGE)
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    if (!key.isEmpty()) {
      request.exclusiveStartKey(key);
    }
    Page page = page(table.client().scan(request.build()));
    Double consumed = page.consumed() == null ? null : page.consumed().capacityUnits();
    pace.spend(consumed == null ? 0 : consumed);
    return page;
  }

  private static Page page(ScanResponse page) {
    return new Page(
        page.items(),
        page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of(),
        page.consumedCapacity());
  }

  public void query(Partition partition, Window window) {
    Tally tally = new Tally(window);
    String pk = partition(partition.pk());
    walk(
        tally,
        window.from() == null ? Map.of() : Cursor.parse(window.from()),
        key -> {
          QueryRequest.Builder request = request(partition, pk);
          if (!key.isEmpty()) {
            request.exclusiveStartKey(key);
          }
          QueryResponse page = table.client().query(request.build());
          return new Page(
              page.items(),
              page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of(),
              page.consumedCapacity());
        });
    if (tally.read == 0 && !pk.contains("#")) {
      out.aside(
          "No partition is called "
              + Ink.printable(pk)
              + ", and nobody has that handle. Give a handle, the id of a person (u-…) or of a"
              + " conversation (c-…), or a partition key such as H#an.");
    }
  }

  /// A key is taken as it stands where nobody is called so: the item may be another application's.
  private String partition(String word) {
    String key = Partitions.key(table, word);
    return key == null ? word : key;
  }

  private QueryRequest.Builder request(Partition partition, String key) {
    String range = partition.inIndex() ? TableDesign.INBOX_KEY : TableDesign.SK;
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(table.name())
            .scanIndexForward(!partition.descending())
            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
    if (partition.inIndex()) {
      request.indexName(TableDesign.INBOX_INDEX);
    } else {
      request.consistentRead(partition.strong());
    }
    AttributeValue pk = AttributeValue.fromS(key);
    return partition.begins().isEmpty()
        ? request
            .keyConditionExpression("#pk = :pk")
            .expressionAttributeNames(Map.of("#pk", TableDesign.PK))
            .expressionAttributeValues(Map.of(":pk", pk))
        : request
            .keyConditionExpression("#pk = :pk AND begins_with(#sk, :begins)")
            .expressionAttributeNames(Map.of("#pk", TableDesign.PK, "#sk", range))
            .expressionAttributeValues(
                Map.of(":pk", pk, ":begins", AttributeValue.fromS(partition.begins())));
  }

  /// One item.
  ///
  /// @throws Refused if there is none
  public void get(String of, String sk) {
    String pk = partition(of);
    var answer =
        table
            .client()
            .getItem(r ->
                r.tableName(table.name())
                    .key(
                        Map.of(
                            TableDesign.PK, AttributeValue.fromS(pk),
                            TableDesign.SK, AttributeValue.fromS(sk)))
                    .consistentRead(true)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    if (!answer.hasItem() || answer.item().isEmpty()) {
      throw Refused.input(
          "There is no item "
              + pk
              + " "
              + sk
              + ". `parley table query '"
              + pk
              + "'` shows what its partition holds.");
    }
    show(answer.item());
    if (!out.json()) {
      out.aside(
          Out.bytes(ItemSize.of(answer.item())) + ", read for " + units(answer.consumedCapacity()));
    }
  }

  private void walk(Tally tally, Map<String, AttributeValue> from, Pages pages) {
    Map<String, AttributeValue> key = from;
    try (ProgressBar progress = out.progressAside("items", -1)) {
      do {
        Page page = pages.after(key);
        key = tally.add(page, this::show);
        progress.stepBy(page.items().size());
      } while (!key.isEmpty() && !tally.isFull());
    }
    String sum = tally.sum();
    out.aside(key.isEmpty() ? sum : sum + ". There is more: --from " + Cursor.of(key));
  }

  private void show(Map<String, AttributeValue> item) {
    out.line(out.json() ? out.ink().json(item) : out.ink().line(item));
  }

  private static String units(@Nullable ConsumedCapacity consumed) {
    Double units = consumed == null ? null : consumed.capacityUnits();
    return units == null ? "units that this engine does not tell" : Out.number(units) + " R";
  }

  /// What has been read and shown so far.
  private static final class Tally {
    private final Window window;
    private long read;
    private long shown;
    private long trips;
    private double units;

    Tally(Window window) {
      this.window = window;
    }

    boolean isFull() {
      return window.limit() > 0 && shown >= window.limit();
    }

    /// Shows what there is room for; where to go on, empty at the end.
    Map<String, AttributeValue> add(Page page, Consumer<Map<String, AttributeValue>> visitor) {
      trips++;
      Double consumed = page.consumed() == null ? null : page.consumed().capacityUnits();
      units += consumed == null ? 0 : consumed;
      List<Map<String, AttributeValue>> items = new ArrayList<>(page.items());
      for (int i = 0; i < items.size(); i++) {
        read++;
        if (window.shows(items.get(i))) {
          visitor.accept(items.get(i));
          shown++;
          boolean isLast = i == items.size() - 1 && page.lastKey().isEmpty();
          if (isFull() && !isLast) {
            return keyOf(items.get(i), page);
          }
        }
      }
      return page.lastKey();
    }

    /// The key of this item for the next request. In an index it has one more attribute.
    private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item, Page page) {
      Map<String, AttributeValue> key = new java.util.HashMap<>();
      for (String name : List.of(TableDesign.PK, TableDesign.SK)) {
        key.put(name, item.get(name));
      }
      boolean isPlace = item.size() == 3 && item.containsKey(TableDesign.INBOX_KEY);
      if (page.lastKey().containsKey(TableDesign.INBOX_KEY) || isPlace) {
        key.put(TableDesign.INBOX_KEY, item.get(TableDesign.INBOX_KEY));
      }
      return key;
    }

    String sum() {
      return Out.count(shown, "item")
          + (read == shown ? "" : " of " + Out.number(read) + " read")
          + ", "
          + Out.count(trips, "round trip")
          + ", "
          + Out.number(units)
          + " R";
    }
  }
}
