package parley.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.conversation.PairIds;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// An audit finds each fault that is planted, and nothing where there is none.
class AuditTest {
  private static final Instant NOW = Population.END;

  private final Place place = Place.fresh();
  private final Population population =
      new Population(new Population.Size(6, 4, 60, 7), new PairIds(place.table.secret()));

  AuditTest() {
    for (int i = 0; i < 6; i++) {
      population.person(i).all().forEach(this::put);
    }
    population.talks().forEach(talk -> population.conversation(talk).all().forEach(this::put));
  }

  @AfterEach
  void close() {
    place.close();
  }

  private void put(Map<String, AttributeValue> item) {
    place.table.client().putItem(r -> r.tableName(place.table.name()).item(item));
  }

  private boolean isWell(boolean repair) {
    return new AuditRun(place.table, place.out(false)).run(repair, NOW);
  }

  private Map<String, AttributeValue> row() {
    return new HashMap<>(population.conversation(population.talks().getFirst()).all().get(1));
  }

  private Map<String, AttributeValue> entry() {
    return new HashMap<>(population.conversation(population.talks().getFirst()).all().get(3));
  }

  private void finds(String kind, String sentence) {
    assertThat(isWell(false)).isFalse();
    assertThat(place.said()).contains(kind, sentence).doesNotContain("All is as it should be");
  }

  @Test
  void whereNothingIsWrongNothingIsFound() {
    assertThat(isWell(false)).isTrue();
    assertThat(place.said())
        .contains("4 conversations and 8 inbox rows compared: 0 differences.")
        .contains("All is as it should be.")
        .contains("The index has 8 items");
  }

  @Test
  void aRowThatShowsAMessageAndIsInNoFolder() {
    Map<String, AttributeValue> row = row();
    row.remove(TableDesign.INBOX_KEY);
    put(row);
    finds("half an index key", "it shows a message and has no inboxKey");
  }

  @Test
  void aRowAtAPlaceThatIsNone() {
    Map<String, AttributeValue> row = row();
    row.put(TableDesign.INBOX_KEY, AttributeValue.fromS("I#yesterday"));
    put(row);
    finds("half an index key", "inboxKey is not folder, time and conversation");
  }

  @Test
  void aMessageInTheIndex() {
    Map<String, AttributeValue> entry = entry();
    entry.put(TableDesign.INBOX_KEY, AttributeValue.fromS("I#1"));
    put(entry);
    finds("in the index and no inbox row, 1", "it carries inboxKey");
  }

  @Test
  void anIndexOnAnAttributeThatMessagesCarry() {
    GlobalSecondaryIndexUpdate more =
        GlobalSecondaryIndexUpdate.builder()
            .create(c ->
                c.indexName("byClient")
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("clientId")
                            .keyType(KeyType.HASH)
                            .build())
                    .projection(p -> p.projectionType(ProjectionType.ALL)))
            .build();
    AttributeDefinition attribute =
        AttributeDefinition.builder()
            .attributeName("clientId")
            .attributeType(ScalarAttributeType.S)
            .build();
    place
        .table
        .client()
        .updateTable(r ->
            r.tableName(place.table.name())
                .attributeDefinitions(List.of(attribute))
                .globalSecondaryIndexUpdates(List.of(more)));
    finds("index beside the design", "byClient: 60 items in it");
  }

  @Test
  void orphansOfEveryKind() {
    put(
        Map.of(
            "PK", AttributeValue.fromS("H#no"),
            "SK", AttributeValue.fromS("nobody"),
            "user", AttributeValue.fromS("u-" + "a".repeat(26))));
    put(
        Map.of(
            "PK", AttributeValue.fromS("U#u-" + "b".repeat(26)),
            "SK", AttributeValue.fromS("CREDENTIAL")));
    Map<String, AttributeValue> entry = entry();
    entry.put("PK", AttributeValue.fromS("C#c-" + "a".repeat(26)));
    put(entry);
    assertThat(isWell(false)).isFalse();
    assertThat(place.said())
        .contains("H#no nobody: no account")
        .contains("U#u-" + "b".repeat(26) + " CREDENTIAL: no profile")
        .contains("C#c-" + "a".repeat(26) + ": entries without a head")
        .contains("orphan, 3:");
  }

  private void block(String user, int number) {
    put(
        Map.of(
            "PK", AttributeValue.fromS("U#" + user),
            "SK", AttributeValue.fromS(String.format("B#u-%026d", number))));
  }

  /// More than wait together for a profile, and just as many.
  @ParameterizedTest
  @ValueSource(ints = {Audit.UNOWNED, Audit.UNOWNED + 1})
  void whatIsNobodysIsToldHoweverMuchItIs(int blocks) {
    for (int i = 0; i < blocks; i++) {
      block("u-" + "b".repeat(26), i);
    }
    assertThat(isWell(false)).isFalse();
    assertThat(place.said()).contains("orphan, " + blocks + ":", "B#u-" + "0".repeat(26));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, Audit.UNOWNED + 1})
  void whatIsSomebodysIsNoOrphan(int blocks) {
    String user = row().get("PK").s().substring("U#".length());
    for (int i = 0; i < blocks; i++) {
      block(user, i);
    }
    assertThat(isWell(false)).isTrue();
  }

  @Test
  void aPreviewThatIsNotTheLogsIsRepaired() {
    Map<String, AttributeValue> row = row();
    row.put("preview", AttributeValue.fromS("something else"));
    put(row);
    finds("not as the logs say", "preview");
    assertThat(isWell(true)).isTrue();
    assertThat(place.said()).contains("1 difference, 1 repaired").doesNotContain("something else");
    assertThat(isWell(false)).isTrue();
  }

  @Test
  void halfKeysStraysInTheIndexAndSessionsOfNobodyAreMended() {
    Map<String, AttributeValue> none = row();
    none.remove(TableDesign.INBOX_KEY);
    put(none);
    Map<String, AttributeValue> nowhere =
        new HashMap<>(population.conversation(population.talks().getLast()).all().get(2));
    nowhere.put(TableDesign.INBOX_KEY, AttributeValue.fromS("I#yesterday"));
    put(nowhere);
    Map<String, AttributeValue> stray = entry();
    stray.put(TableDesign.INBOX_KEY, AttributeValue.fromS("I#1"));
    put(stray);
    put(
        Map.of(
            "PK", AttributeValue.fromS("T#" + "1".repeat(64)),
            "SK", AttributeValue.fromS("SESSION"),
            "user", AttributeValue.fromS("u-" + "c".repeat(26)),
            "ttl", AttributeValue.fromN("99999999999")));
    assertThat(isWell(false)).isFalse();
    assertThat(place.said())
        .contains("half an index key, 2:", "orphan, 1:", "--repair mends what it can")
        .doesNotContain("(mended)");
    assertThat(isWell(true)).isTrue();
    assertThat(place.said())
        .contains("(mended)", "Run the same again")
        .doesNotContain("Left alone");
    assertThat(isWell(false)).isTrue();
    assertThat(
            place.table.client().scan(r -> r.tableName(place.table.name())).items().stream()
                .filter(item -> item.containsKey(TableDesign.INBOX_KEY)))
        .hasSize(8)
        .allMatch(item -> Ink.entity(item) == TableDesign.Entity.ROW);
  }

  @Test
  void whatMayBeSomebodysIsLeftAndSaid() {
    Map<String, AttributeValue> entry = entry();
    entry.put("PK", AttributeValue.fromS("C#c-" + "a".repeat(26)));
    put(entry);
    assertThat(isWell(true)).isFalse();
    assertThat(place.said())
        .contains("entries without a head")
        .contains("Left alone: accounts, handles and entries")
        .contains("Something is not as it should be.");
    assertThat(place.table.client().getItem(r -> r.tableName("parley").key(key(entry))).hasItem())
        .isTrue();
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
    return Map.of("PK", item.get("PK"), "SK", item.get("SK"));
  }

  /// Each way in which a row can differ is seen at a glance, wherever it is.
  @ParameterizedTest
  @ValueSource(
      strings = {"lastSeq", "lastN", "lastAt", "lastFrom", "preview", "peer", "ownSeq", "ownN"})
  void aRowThatDiffersInOneAttributeIsFound(String attribute) {
    Map<String, AttributeValue> row = row();
    AttributeValue was = row.get(attribute);
    AttributeValue other =
        attribute.endsWith("From") || attribute.equals("peer")
            ? AttributeValue.fromS("u-" + "d".repeat(26))
            : was != null && was.n() != null
                ? AttributeValue.fromN(Long.toString(Long.parseLong(was.n()) + 1))
                : AttributeValue.fromS("else");
    row.put(attribute, other);
    put(row);
    finds("not as the logs say", "not as the log says");
    assertThat(isWell(true)).isTrue();
  }

  @Test
  void aRowThatIsMissingAndOneTooMany() {
    Map<String, AttributeValue> row = row();
    place.table.client().deleteItem(r -> r.tableName("parley").key(key(row)));
    finds("not as the logs say", "the row is missing");
    row.put("PK", AttributeValue.fromS("U#u-" + "e".repeat(26)));
    put(row);
    finds("not as the logs say", "a row of a conversation that this person is not in");
    assertThat(isWell(true)).isTrue();
    assertThat(isWell(false)).isTrue();
  }

  @Test
  void theLargestCollectionsAreTold() {
    assertThat(isWell(false)).isTrue();
    String first = "C#" + population.id(population.talks().getFirst());
    assertThat(place.said())
        .containsPattern("The largest item collections:\n  " + first + "  [0-9]+ items, ");
  }

  @Test
  void whatIsExpiredAndWhatIsAnothers() {
    put(
        Map.of(
            "PK", AttributeValue.fromS("T#" + "0".repeat(64)),
            "SK", AttributeValue.fromS("SESSION"),
            "user", population.person(0).all().get(1).get("user"),
            "ttl", AttributeValue.fromN("1000")));
    put(Map.of("PK", AttributeValue.fromS("ORDER#1"), "SK", AttributeValue.fromS("LINE#1")));
    assertThat(isWell(false)).isTrue();
    assertThat(place.said()).contains("1 item past the end", "not Parley's  ");
    List<Map<String, AttributeValue>> items =
        place.table.client().scan(r -> r.tableName(place.table.name())).items();
    assertThat(items).hasSize(6 * 2 + 4 * 3 + 60 + 2);
  }
}
