package parley.table;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import parley.messaging.Secret;
import parley.messaging.conversation.PairIds;
import parley.server.Refused;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
import parley.store.TableMarkdown;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The design for other eyes: as a page, as data, as a model for NoSQL Workbench.
public final class Model {
  /// The version of the file that NoSQL Workbench takes; it refuses any other.
  private static final String VERSION = "3.0";

  private static final String MADE =
      DateTimeFormatter.ofPattern("MMM dd, yyyy, hh:mm a", Locale.US)
          .format(Population.END.atOffset(ZoneOffset.UTC));

  private static final Map<String, Object> NO_SQL = Map.of("MySql", Map.of());

  private Model() {}

  /// The model in one of the formats.
  ///
  /// @throws Refused if there is no such format
  public static String render(String format) {
    return switch (format) {
      case "markdown" -> TableMarkdown.render();
      case "json" -> DynamoJson.lines(json()) + "\n";
      case "workbench" -> DynamoJson.lines(workbench()) + "\n";
      default ->
          throw Refused.option("--format is workbench, markdown or json; not " + format + ".");
    };
  }

  private static Map<String, Object> json() {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("table", TableDesign.TABLE);
    model.put("keys", List.of(TableDesign.PK, TableDesign.SK));
    model.put(
        "indexes",
        List.of(
            Map.of(
                "name",
                TableDesign.INBOX_INDEX,
                "keys",
                List.of(TableDesign.PK, TableDesign.INBOX_KEY),
                "projection",
                "KEYS_ONLY")));
    model.put(
        "entities",
        TableDesign.entities().stream()
            .map(entity ->
                Map.of(
                    "name",
                    entity.label(),
                    TableDesign.PK,
                    entity.pkTemplate(),
                    TableDesign.SK,
                    entity.skTemplate(),
                    "holds",
                    entity.holds()))
            .toList());
    model.put("patterns", PatternFacts.all().stream().map(PatternFacts::json).toList());
    return model;
  }

  private static Map<String, Object> workbench() {
    List<Map<String, AttributeValue>> items = sample();
    Map<String, String> types = types(items);
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("TableName", TableDesign.TABLE);
    table.put("KeyAttributes", keys(TableDesign.SK));
    table.put("NonKeyAttributes", attributes(types));
    table.put("TableFacets", facets(items));
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("IndexName", TableDesign.INBOX_INDEX);
    index.put("KeyAttributes", keys(TableDesign.INBOX_KEY));
    index.put("Projection", Map.of("ProjectionType", "KEYS_ONLY"));
    table.put("GlobalSecondaryIndexes", List.of(index));
    table.put("TableData", items.stream().map(DynamoJson::item).toList());
    table.put("DataAccess", NO_SQL);
    table.put("BillingMode", "PAY_PER_REQUEST");
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("Author", "Parley");
    about.put("DateCreated", MADE);
    about.put("DateLastModified", MADE);
    about.put("Description", "Direct messaging on one table.");
    about.put("AWSService", "Amazon DynamoDB");
    about.put("Version", VERSION);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("ModelName", "Parley");
    model.put("ModelMetadata", about);
    model.put("DataModel", List.of(table));
    return model;
  }

  private static Map<String, Object> keys(String range) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("PartitionKey", Map.of("AttributeName", TableDesign.PK, "AttributeType", "S"));
    keys.put("SortKey", Map.of("AttributeName", range, "AttributeType", "S"));
    return keys;
  }

  /// Some people, two of whom talk: the items that the store would write for them.
  private static List<Map<String, AttributeValue>> sample() {
    Population.Size size = new Population.Size(4, 1, 5, 1);
    Population population =
        new Population(size, new PairIds(new Secret(new byte[Secret.MIN_BYTES])));
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int i = 0; i < size.people(); i++) {
      items.addAll(population.person(i).all());
    }
    population.talks().forEach(talk -> items.addAll(population.conversation(talk).all()));
    return items;
  }

  /// The type of every attribute that is no key: all that are used have to be declared.
  private static Map<String, String> types(List<Map<String, AttributeValue>> items) {
    Map<String, String> types = new TreeMap<>();
    types.put(TableDesign.TTL, "N");
    for (Map<String, AttributeValue> item : items) {
      item.forEach((name, value) -> types.put(name, value.type().name()));
    }
    types.remove(TableDesign.PK);
    types.remove(TableDesign.SK);
    return types;
  }

  private static List<Map<String, String>> attributes(Map<String, String> types) {
    return types.entrySet().stream()
        .map(each -> {
          Map<String, String> attribute = new LinkedHashMap<>();
          attribute.put("AttributeName", each.getKey());
          attribute.put("AttributeType", each.getValue());
          return attribute;
        })
        .toList();
  }

  /// A facet for each entity: the table as one kind of item sees it.
  private static List<Map<String, Object>> facets(List<Map<String, AttributeValue>> items) {
    List<Map<String, Object>> facets = new ArrayList<>();
    for (Entity entity : TableDesign.entities()) {
      List<Map<String, AttributeValue>> own =
          items.stream().filter(item -> Ink.entity(item) == entity).toList();
      Map<String, Object> alias = new LinkedHashMap<>();
      alias.put("PartitionKeyAlias", entity.pkTemplate());
      alias.put("SortKeyAlias", entity.skTemplate());
      Map<String, Object> facet = new LinkedHashMap<>();
      facet.put("FacetName", entity.label());
      facet.put("KeyAttributeAlias", alias);
      facet.put("NonKeyAttributes", List.copyOf(types(own).keySet()));
      facet.put("TableData", own.stream().map(DynamoJson::item).toList());
      facet.put("DataAccess", NO_SQL);
      facets.add(facet);
    }
    return facets;
  }
}
