package parley.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/// Makes the table that [TableDesign] describes, and checks that one is it.
public final class TableAdmin {
  private static final Duration ACTIVE_WITHIN = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final DynamoDbClient client;
  private final String name;
  private final Capabilities capabilities;

  public TableAdmin(DynamoDbClient client, String name, Capabilities capabilities) {
    this.client = client;
    this.name = name;
    this.capabilities = capabilities;
  }

  /// How the table's throughput is paid for.
  public sealed interface Capacity {
    /// Units a second that are always there, of the table and of its index each.
    record Provisioned(long read, long write) implements Capacity {
      public Provisioned {
        if (read < 1 || write < 1) {
          throw new IllegalArgumentException(
              "capacity is at least 1/1 (read/write units a second)");
        }
      }
    }

    /// Per request.
    record OnDemand() implements Capacity {}

    /// What a new table gets unless the operator says otherwise.
    Capacity DEFAULT = new Provisioned(5, 5);

    /// `5/5` (read/write) or `on-demand`.
    static Capacity parse(String text) {
      if (text.equals("on-demand")) {
        return new OnDemand();
      }
      String[] parts = text.split("/", -1);
      try {
        if (parts.length == 2) {
          return new Provisioned(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }
      } catch (NumberFormatException e) {
        // Said below, as for anything else that is no capacity.
      }
      throw new IllegalArgumentException(
          "capacity is READ/WRITE in units a second, such as 5/5, or on-demand; not " + text);
    }
  }

  /// The table is there and is not the one that the design describes.
  public static final class AnotherShape extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnotherShape(String table, List<String> differences) {
      super(
          "The table "
              + table
              + " is there, but it is not Parley's: "
              + String.join("; ", differences)
              + ". Give another name with --table, or drop that table if nobody needs it.");
    }
  }

  /// The table is not there, and may not be made.
  public static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing(String table) {
      super(
          "There is no table "
              + table
              + ", and it may not be made here. Make it first, as docs/table-design.md describes it, or"
              + " leave out --create-table off.");
    }
  }

  /// The table is being made or changed, and takes its time.
  public static final class NotActive extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotActive(String table) {
      super(
          "The table "
              + table
              + " did not become active within "
              + ACTIVE_WITHIN.toSeconds()
              + " seconds. Look at it with the provider's console, and start again.");
    }
  }

  /// The table as it is now, null where there is none.
  public @Nullable TableDescription describe() {
    try {
      return client.describeTable(r -> r.tableName(name)).table();
    } catch (ResourceNotFoundException e) {
      return null;
    }
  }

  /// Makes the table if it is not there and there is a capacity for it, checks it if it is, and
  /// returns when it can be used.
  ///
  /// @throws Missing if it is not there, and may not be made
  /// @throws NotActive if it takes too long
  /// @throws AnotherShape if it is there and not Parley's
  /// @throws Unreachable if it does not answer
  public TableDescription ensure(@Nullable Capacity capacity) {
    try {
      return ensured(capacity);
    } catch (SdkException e) {
      throw new Unreachable("The table " + name, e);
    }
  }

  private TableDescription ensured(@Nullable Capacity capacity) {
    if (describe() == null) {
      if (capacity == null) {
        throw new Missing(name);
      }
      try {
        client.createTable(request(name, capacity, capabilities));
      } catch (ResourceInUseException e) {
        // Somebody else made it at the same moment: then it is checked like any other.
      }
    }
    TableDescription table = awaitActive();
    List<String> differences = differences(table);
    if (!differences.isEmpty()) {
      throw new AnotherShape(name, differences);
    }
    ensureTimeToLive();
    return table;
  }

  /// Deletes the table and everything in it.
  public void drop() {
    try {
      client.deleteTable(r -> r.tableName(name));
    } catch (ResourceNotFoundException e) {
      // Gone is what was wanted.
    }
  }

  /// The whole table as the service is asked for it, but for [TableDesign#TTL], which it is asked
  /// for apart.
  public static CreateTableRequest request(
      String name, Capacity capacity, Capabilities capabilities) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name)
            .attributeDefinitions(
                string(TableDesign.PK), string(TableDesign.SK), string(TableDesign.INBOX_KEY))
            .keySchema(key(TableDesign.PK, KeyType.HASH), key(TableDesign.SK, KeyType.RANGE));
    GlobalSecondaryIndex.Builder index =
        GlobalSecondaryIndex.builder()
            .indexName(TableDesign.INBOX_INDEX)
            .keySchema(key(TableDesign.PK, KeyType.HASH), key(TableDesign.INBOX_KEY, KeyType.RANGE))
            .projection(Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build());
    switch (capacity) {
      case Capacity.Provisioned(long read, long write) -> {
        ProvisionedThroughput throughput =
            ProvisionedThroughput.builder()
                .readCapacityUnits(read)
                .writeCapacityUnits(write)
                .build();
        request.billingMode(BillingMode.PROVISIONED).provisionedThroughput(throughput);
        // A starved index throttles the table, so it gets as much.
        index.provisionedThroughput(throughput);
      }
      case Capacity.OnDemand() -> request.billingMode(BillingMode.PAY_PER_REQUEST);
    }
    if (capabilities.streams()) {
      // New images only: old ones would publish erased text once more.
      request.streamSpecification(
          s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE));
    }
    return request.globalSecondaryIndexes(index.build()).build();
  }

  private TableDescription awaitActive() {
    long deadline = System.nanoTime() + ACTIVE_WITHIN.toNanos();
    while (true) {
      TableDescription table = describe();
      if (table != null
          && table.tableStatus() == TableStatus.ACTIVE
          && table.globalSecondaryIndexes().stream()
              .allMatch(index -> "ACTIVE".equals(index.indexStatusAsString()))) {
        return table;
      }
      if (System.nanoTime() > deadline) {
        throw new NotActive(name);
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for the table " + name, e);
      }
    }
  }

  /// In what the table is not as the design says: a sentence each.
  public List<String> differences(TableDescription table) {
    List<String> differences = new ArrayList<>();
    List<String> keys = keys(table.keySchema());
    List<String> wanted = List.of("HASH " + TableDesign.PK, "RANGE " + TableDesign.SK);
    if (!keys.equals(wanted)) {
      differences.add("its key is " + keys + ", not " + wanted);
    }
    GlobalSecondaryIndexDescription index =
        table.globalSecondaryIndexes().stream()
            .filter(i -> i.indexName().equals(TableDesign.INBOX_INDEX))
            .findFirst()
            .orElse(null);
    List<String> wantedIndex = List.of("HASH " + TableDesign.PK, "RANGE " + TableDesign.INBOX_KEY);
    if (index == null) {
      differences.add("it has no index " + TableDesign.INBOX_INDEX);
    } else if (!keys(index.keySchema()).equals(wantedIndex)) {
      differences.add(
          "the key of its index is " + keys(index.keySchema()) + ", not " + wantedIndex);
    }
    if (capabilities.streams()
        && (table.streamSpecification() == null
            || !Boolean.TRUE.equals(table.streamSpecification().streamEnabled())
            || table.streamSpecification().streamViewType() != StreamViewType.NEW_IMAGE)) {
      differences.add("it has no stream of new images");
    }
    return differences;
  }

  private void ensureTimeToLive() {
    if (!capabilities.timeToLive()) {
      return;
    }
    var status =
        client
            .describeTimeToLive(r -> r.tableName(name))
            .timeToLiveDescription()
            .timeToLiveStatus();
    if (status != TimeToLiveStatus.ENABLED && status != TimeToLiveStatus.ENABLING) {
      client.updateTimeToLive(r ->
          r.tableName(name)
              .timeToLiveSpecification(t -> t.enabled(true).attributeName(TableDesign.TTL)));
    }
  }

  private static List<String> keys(List<KeySchemaElement> schema) {
    return schema.stream().map(k -> k.keyTypeAsString() + " " + k.attributeName()).toList();
  }

  private static AttributeDefinition string(String attribute) {
    return AttributeDefinition.builder()
        .attributeName(attribute)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }
}
