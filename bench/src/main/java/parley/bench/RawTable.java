package parley.bench;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import parley.store.Capabilities;
import parley.store.TableAdmin;
import parley.store.TableAdmin.Capacity;
import parley.store.TableSurvey;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The least that somebody could do to a table, as what the table tool is held against: batches of
/// items that are ready in memory, as many side by side as the tool has, and a scan that looks at
/// nothing.
record RawTable(DynamoDbClient client, String name) {
  private static final int BATCH = 25;
  private static final int WRITERS = 4;

  /// Puts all of them into a table of the same design, which is made for it.
  void write(List<Map<String, AttributeValue>> items) {
    new TableAdmin(client, name, Capabilities.ALL).ensure(new Capacity.OnDemand());
    Semaphore places = new Semaphore(WRITERS);
    Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int from = 0; from < items.size() && failures.isEmpty(); from += BATCH) {
        List<Map<String, AttributeValue>> batch =
            items.subList(from, Math.min(items.size(), from + BATCH));
        places.acquireUninterruptibly();
        threads.execute(() -> {
          try {
            client.batchWriteItem(
                r -> r.requestItems(Map.of(name, batch.stream().map(RawTable::put).toList())));
          } catch (RuntimeException e) {
            failures.add(e);
          } finally {
            places.release();
          }
        });
      }
    }
    RuntimeException first = failures.peek();
    if (first != null) {
      throw first;
    }
  }

  private static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build();
  }

  /// Reads all of it, strongly, and says how many items there are.
  long scan() {
    return client
        .scanPaginator(r -> r.tableName(name).limit(TableSurvey.PAGE).consistentRead(true))
        .items()
        .stream()
        .count();
  }

  /// All of it, to be written elsewhere.
  List<Map<String, AttributeValue>> items() {
    return client
        .scanPaginator(r -> r.tableName(name).limit(TableSurvey.PAGE).consistentRead(true))
        .items()
        .stream()
        .toList();
  }
}
