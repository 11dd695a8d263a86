package parley.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// One table, `notes`, with a key of two parts and a stream, and ways to use it.
final class Fixtures {
  static final String TABLE = "notes";

  private Fixtures() {}

  static void createTable(DynamoDbClient client) {
    client.createTable(request ->
        request
            .tableName(TABLE)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
            .attributeDefinitions(attribute("pk"), attribute("sk"))
            .streamSpecification(
                stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  static AttributeValue s(String value) {
    return AttributeValue.fromS(value);
  }

  static Map<String, AttributeValue> note(String pk, String sk, String text) {
    return Map.of("pk", s(pk), "sk", s(sk), "text", s(text));
  }

  static void put(DynamoDbClient client, Map<String, AttributeValue> item) {
    client.putItem(request -> request.tableName(TABLE).item(item));
  }

  static List<String> texts(DynamoDbClient client, String pk) {
    return client
        .query(request ->
            request
                .tableName(TABLE)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", s(pk)))
                .consistentRead(true))
        .items()
        .stream()
        .map(item -> item.getOrDefault("text", s("")).s())
        .toList();
  }

  static String streamArn(DynamoDbStreamsClient streams) {
    return streams
        .listStreams(request -> request.tableName(TABLE))
        .streams()
        .getFirst()
        .streamArn();
  }

  static List<String> shardIds(DynamoDbStreamsClient streams) {
    String arn = streamArn(streams);
    return streams
        .describeStream(request -> request.streamArn(arn))
        .streamDescription()
        .shards()
        .stream()
        .map(Shard::shardId)
        .toList();
  }

  /// All records of all shards, in order, as far as they have been written.
  static List<Record> records(DynamoDbStreamsClient streams) {
    String arn = streamArn(streams);
    List<Record> found = new ArrayList<>();
    for (String shard : shardIds(streams)) {
      String iterator =
          streams
              .getShardIterator(request ->
                  request
                      .streamArn(arn)
                      .shardId(shard)
                      .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      found.addAll(recordsFrom(streams, iterator));
    }
    return found;
  }

  static List<Record> recordsFrom(DynamoDbStreamsClient streams, String iterator) {
    return streams.getRecords(request -> request.shardIterator(iterator)).records();
  }

  static List<String> newTexts(List<Record> records) {
    return records.stream()
        .map(change -> change.dynamodb().newImage().getOrDefault("text", s("")).s())
        .toList();
  }
}
