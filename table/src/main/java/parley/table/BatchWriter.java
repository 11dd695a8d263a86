package parley.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import parley.server.Refused;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Puts many items, 25 at a time, as the service takes them. Putting the same again changes
/// nothing.
final class BatchWriter {
  /// Items in one BatchWriteItem, by the service's rule.
  static final int ITEMS = 25;

  /// Tries for one batch that the service does not take all of at once.
  private static final int ATTEMPTS = 10;

  private static final long PAUSE_MS = 50;

  private final DynamoDbClient client;
  private final String table;
  private final Pace pace;
  private final Map<Map<String, AttributeValue>, WriteRequest> waiting = new LinkedHashMap<>();
  private long written;

  BatchWriter(DynamoDbClient client, String table, Pace pace) {
    this.client = client;
    this.table = table;
    this.pace = pace;
  }

  void put(Map<String, AttributeValue> item) {
    // No batch may name one key twice: the later one counts.
    waiting.put(
        Map.of(
            TableDesign.PK, item.get(TableDesign.PK),
            TableDesign.SK, item.get(TableDesign.SK)),
        WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build());
    if (waiting.size() == ITEMS) {
      flush();
    }
  }

  /// Writes what is waiting, and returns once it is written.
  void flush() {
    List<WriteRequest> left = new ArrayList<>(waiting.values());
    written += left.size();
    waiting.clear();
    for (int attempt = 0; !left.isEmpty(); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new Refused(
            Refused.Why.UNAVAILABLE,
            "The table takes no more: it has too little capacity for this. Run the same again with a"
                + " lower --rate: it goes on where it was.");
      }
      if (attempt > 0) {
        Pace.pause(ThreadLocalRandom.current().nextLong(PAUSE_MS << Math.min(attempt, 6)) + 1);
      }
      List<WriteRequest> batch = left;
      pace.spend(batch.stream().mapToDouble(each -> units(each.putRequest().item())).sum());
      BatchWriteItemResponse answer =
          client.batchWriteItem(r -> r.requestItems(Map.of(table, batch)));
      left = answer.unprocessedItems().getOrDefault(table, List.of());
    }
  }

  /// What a put of it costs: a unit for each KB, and one more where it is in the index.
  static double units(Map<String, AttributeValue> item) {
    return Math.ceilDiv(ItemSize.of(item), 1024) + (ItemSize.inInbox(item) > 0 ? 1 : 0);
  }

  long written() {
    return written;
  }
}
