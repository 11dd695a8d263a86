package parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import parley.messaging.account.Handle;
import parley.messaging.account.Identity;
import parley.messaging.account.SessionId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.RowKey;
import parley.messaging.operator.OperatorId;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

class TableDesignTest {
  private final DynamoDbClient client = TestTables.engine().client();
  private final String name = "parley-" + UUID.randomUUID();

  @Test
  @Tag("golden")
  void theDocumentIsUpToDate() {
    Golden.check("docs/table-design.md", TableMarkdown.render());
  }

  @Test
  void everyKeyIsRecognisedAsItsEntityAndAsNoOther() {
    ConversationId id = ConversationId.of(new byte[17]);
    assertKey(Key.account(World.person(1)), Entity.ACCOUNT);
    assertKey(Key.credential(World.person(1)), Entity.CREDENTIAL);
    assertKey(Key.session("abc"), Entity.SESSION);
    assertKey(Key.ticket("abc"), Entity.TICKET);
    assertKey(Key.connection(World.person(1), "L0SM9cOFvHcCIhw="), Entity.CONNECTION);
    assertKey(
        Key.sessionConnection(new SessionId("5".repeat(64)), "L0SM9cOFvHcCIhw="),
        Entity.SESSION_CONNECTION);
    assertKey(Key.handle(new Handle("al")), Entity.HANDLE);
    assertKey(Key.identity(new Identity("https://id.example.com/a", "b#c")), Entity.IDENTITY);
    assertKey(Key.failures("abc"), Entity.FAILURES);
    assertKey(Key.head(id), Entity.HEAD);
    assertKey(Key.entry(id, 7), Entity.ENTRY);
    assertKey(Key.row(new RowKey(World.person(1), id)), Entity.ROW);
    assertKey(Key.deployment(), Entity.DEPLOYMENT);
    assertKey(Key.ledger(), Entity.LEDGER);
    assertKey(Key.sweep(), Entity.SWEEP);
    assertKey(Key.operator(new OperatorId("o-" + "a".repeat(26))), Entity.OPERATOR);
    assertKey(Key.audit("1770000000000-abcdefghij"), Entity.AUDIT);
    assertKey(Key.erasure(TestClock.START, World.person(1)), Entity.ERASURE);
    assertKey(Key.receipt("abc"), Entity.RECEIPT);
    assertKey(Key.checkpoint("2026-01-01T00:00", "shard-1"), Entity.CHECKPOINT);
    assertKey(Key.setAside("2026-01-01T00:00", "000123"), Entity.SET_ASIDE);
    assertThat(Entity.of("somebody", "else")).isEmpty();
    // A template needs its part, and what stands around it.
    assertThat(Entity.of("C#", "~HEAD")).isEmpty();
    assertThat(Entity.of("C#c", "~HEADS")).isEmpty();
    assertThat(Entity.of("C#c", "~HEAD")).contains(Entity.HEAD);
    assertThat(Entity.of("", "")).isEmpty();
  }

  private static void assertKey(Key key, Entity entity) {
    assertThat(
            TableDesign.entities().stream()
                .filter(each -> each.matches(key.pk(), key.sk()))
                .toList())
        .containsExactly(entity);
  }

  @Test
  void makesTheTableOnceAndFindsItAgain() {
    TableAdmin admin = new TableAdmin(client, name, Capabilities.ALL);
    TableDescription table = admin.ensure(TableAdmin.Capacity.DEFAULT);
    assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(5);
    assertThat(table.provisionedThroughput().writeCapacityUnits()).isEqualTo(5);
    assertThat(table.globalSecondaryIndexes())
        .singleElement()
        .satisfies(index -> {
          assertThat(index.indexName()).isEqualTo("inbox");
          assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.KEYS_ONLY);
          assertThat(index.provisionedThroughput().writeCapacityUnits()).isEqualTo(5);
        });
    assertThat(admin.ensure(TableAdmin.Capacity.DEFAULT).tableArn()).isEqualTo(table.tableArn());
    assertThat(client.describeTimeToLive(r -> r.tableName(name)).timeToLiveDescription())
        .satisfies(ttl -> assertThat(ttl.attributeName()).isEqualTo("ttl"));
    admin.drop();
    admin.drop();
    assertThat(admin.describe()).isNull();
  }

  @Test
  void capacityIsWhatTheOperatorSays() {
    TableAdmin admin = new TableAdmin(client, name, Capabilities.ALL);
    TableDescription table = admin.ensure(TableAdmin.Capacity.parse("7/3"));
    assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(7);
    assertThat(table.provisionedThroughput().writeCapacityUnits()).isEqualTo(3);
    admin.drop();
    table = admin.ensure(TableAdmin.Capacity.parse("on-demand"));
    assertThat(table.billingModeSummary().billingModeAsString()).isEqualTo("PAY_PER_REQUEST");
    for (String wrong : new String[] {"5", "0/5", "5/0", "a/b", "5/5/5", "", "ondemand"}) {
      assertThatThrownBy(() -> TableAdmin.Capacity.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("capacity is");
    }
  }

  @Test
  void aTableOfAnotherShapeIsNamedWithItsDifferences() {
    client.createTable(r ->
        r.tableName(name)
            .attributeDefinitions(
                AttributeDefinition.builder()
                    .attributeName("id")
                    .attributeType(ScalarAttributeType.S)
                    .build())
            .keySchema(KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
            .billingMode("PAY_PER_REQUEST"));
    TableAdmin admin = new TableAdmin(client, name, Capabilities.ALL);
    assertThatThrownBy(() -> admin.ensure(TableAdmin.Capacity.DEFAULT))
        .isInstanceOf(TableAdmin.AnotherShape.class)
        .hasMessageContaining("its key is [HASH id], not [HASH PK, RANGE SK]")
        .hasMessageContaining("it has no index inbox")
        .hasMessageContaining("it has no stream of new images")
        .hasMessageContaining("--table");
  }
}
