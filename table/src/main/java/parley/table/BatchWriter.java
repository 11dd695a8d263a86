package parley.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import parley.server.Refused;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Puts items in batches, some of them side by side, and what the service does not take again until
/// it does.
///
/// Whoever needs one item to be there before another one calls [#flush] between them. It is used by
/// one thread, and its own do the writing. A put is safe to repeat, so whoever is broken off puts
/// the same again.
final class BatchWriter implements AutoCloseable {
  /// Items in one BatchWriteItem, by the service's rule.
  static final int ITEMS = 25;

  /// Batches on their way at a time: enough for a service, and few enough that none waits long for
  /// the embedded engine, which takes one after the other.
  static final int SIDE_BY_SIDE = 4;

  /// Tries for one batch that the service does not take all of at once.
  private static final int ATTEMPTS = 10;

  private static final long PAUSE_MS = 50;

  private final DynamoDbClient client;
  private final String table;
  private final Pace pace;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(SIDE_BY_SIDE);
  private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong written = new AtomicLong();
  private Map<String, WriteRequest> waiting = new LinkedHashMap<>();

  BatchWriter(DynamoDbClient client, String table, Pace pace) {
    this.client = client;
    this.table = table;
    this.pace = pace;
  }

  void put(Map<String, AttributeValue> item) {
    String pk = Ink.key(item, TableDesign.PK);
    // No batch may name one key twice: the later one counts.
    waiting.put(
        pk.length() + ":" + pk + Ink.key(item, TableDesign.SK),
        WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build());
    if (waiting.size() == ITEMS) {
      send();
    }
  }

  /// Returns once everything that was put is written.
  void flush() {
    send();
    take(SIDE_BY_SIDE);
    places.release(SIDE_BY_SIDE);
    check();
  }

  private void send() {
    if (waiting.isEmpty()) {
      return;
    }
    List<WriteRequest> batch = List.copyOf(waiting.values());
    waiting = new LinkedHashMap<>();
    take(1);
    // A failure ends it here: what is on its way is written or not, and put again by the next run.
    if (!failures.isEmpty()) {
      places.release();
      check();
    }
    threads.execute(() -> {
      try {
        write(batch);
        written.addAndGet(batch.size());
      } catch (RuntimeException e) {
        failures.add(e);
      } finally {
        places.release();
      }
    });
  }

  private void take(int permits) {
    try {
      places.acquire(permits);
    } catch (InterruptedException e) {
      throw Pace.interrupted();
    }
  }

  private void check() {
    RuntimeException first = failures.peek();
    if (first != null) {
      throw first;
    }
  }

  private void write(List<WriteRequest> all) {
    List<WriteRequest> left = new ArrayList<>(all);
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
      if (!pace.isUnbounded()) {
        pace.spend(batch.stream().mapToDouble(each -> units(each.putRequest().item())).sum());
      }
      BatchWriteItemResponse answer =
          client.batchWriteItem(r -> r.requestItems(Map.of(table, batch)));
      left = answer.unprocessedItems().getOrDefault(table, List.of());
    }
  }

  /// What a put of it costs: a unit for each KB, and one more where it is in the index.
  static double units(Map<String, AttributeValue> item) {
    return Math.ceilDiv(ItemSize.of(item), 1024) + (ItemSize.inInbox(item) > 0 ? 1 : 0);
  }

  /// Items that are written, those of this run.
  long written() {
    return written.get();
  }

  /// Waits for what is on its way.
  @Override
  public void close() {
    threads.close();
  }
}
