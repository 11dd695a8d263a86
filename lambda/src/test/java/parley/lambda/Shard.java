package parley.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parley.store.TestTables;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// The change stream of a table on the embedded engine, and events of it as Lambda makes them.
final class Shard {
  private Shard() {}

  /// Every record so far, in the order of its shard.
  static List<Record> records(String table) {
    DynamoDbStreamsClient streams = TestTables.engine().streams();
    String arn =
        TestTables.engine()
            .client()
            .describeTable(r -> r.tableName(table))
            .table()
            .latestStreamArn();
    List<Record> all = new ArrayList<>();
    for (var shard : streams.describeStream(r -> r.streamArn(arn)).streamDescription().shards()) {
      String iterator =
          streams
              .getShardIterator(r ->
                  r.streamArn(arn)
                      .shardId(shard.shardId())
                      .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      while (iterator != null) {
        String at = iterator;
        GetRecordsResponse response = streams.getRecords(r -> r.shardIterator(at).limit(1_000));
        all.addAll(response.records());
        iterator = response.records().isEmpty() ? null : response.nextShardIterator();
      }
    }
    return all;
  }

  /// As the function is given them.
  static String event(List<Record> records) {
    return records.stream()
        .map(Shard::event)
        .collect(Collectors.joining(",\n", "{\"Records\":[", "]}"));
  }

  private static String event(Record record) {
    var change = record.dynamodb();
    String image = change.hasNewImage() ? ",\"NewImage\":" + item(change.newImage()) : "";
    return """
    {"eventID":"%s","eventName":"%s","eventVersion":"1.1","eventSource":"aws:dynamodb",\
    "awsRegion":"eu-central-1","dynamodb":{"ApproximateCreationDateTime":%s,"Keys":%s%s,\
    "SequenceNumber":"%s","SizeBytes":%d,"StreamViewType":"NEW_IMAGE"},\
    "eventSourceARN":"arn:aws:dynamodb:eu-central-1:123456789012:table/t/stream/1"}\
    """
        .formatted(
            record.eventID(),
            record.eventNameAsString(),
            change.approximateCreationDateTime().getEpochSecond() + ".0E0",
            item(change.keys()),
            image,
            change.sequenceNumber(),
            change.sizeBytes());
  }

  private static String item(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .map(each -> quoted(each.getKey()) + ":" + value(each.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(AttributeValue value) {
    return switch (value.type()) {
      case S -> "{\"S\":" + quoted(value.s()) + "}";
      case N -> "{\"N\":" + quoted(value.n()) + "}";
      case BOOL -> "{\"BOOL\":" + value.bool() + "}";
      case SS ->
          value.ss().stream()
              .map(Shard::quoted)
              .collect(Collectors.joining(",", "{\"SS\":[", "]}"));
      default -> throw new AssertionError("no item of ours holds a " + value.type());
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
