package parley.table;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import parley.store.TableSurvey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// The whole table, page by page in its own order: while one page is worked on, the next one is
/// being read. So two pages, of 1 MB at most each, are all that is in memory.
final class WholeTable {
  private final OpenTable table;
  private final boolean strong;
  private final Pace pace;
  private final int limit;

  /// @param strong whether what was written last is read, at twice the price
  /// @param limit items of a page at most
  WholeTable(OpenTable table, boolean strong, Pace pace, int limit) {
    this.table = table;
    this.strong = strong;
    this.pace = pace;
    this.limit = limit;
  }

  static WholeTable of(OpenTable table) {
    return new WholeTable(table, true, Pace.unbounded(), TableSurvey.PAGE);
  }

  /// Hands on every page after `from`, with the key after which the next one begins, empty for the
  /// last one.
  void read(
      Map<String, AttributeValue> from,
      BiConsumer<ScanResponse, Map<String, AttributeValue>> visitor) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ScanResponse> next = threads.submit(() -> page(from));
      while (next != null) {
        ScanResponse page = result(next);
        Map<String, AttributeValue> key =
            page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
        next = key.isEmpty() ? null : threads.submit(() -> page(key));
        visitor.accept(page, key);
      }
    }
  }

  private static ScanResponse result(Future<ScanResponse> page) {
    try {
      return page.get();
    } catch (InterruptedException e) {
      throw Pace.interrupted();
    } catch (ExecutionException e) {
      @Nullable Throwable cause = e.getCause();
      throw cause instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException(cause);
    }
  }

  private ScanResponse page(Map<String, AttributeValue> from) {
    ScanResponse page =
        table
            .client()
            .scan(r -> {
              r.tableName(table.name())
                  .consistentRead(strong)
                  .limit(limit)
                  .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
              if (!from.isEmpty()) {
                r.exclusiveStartKey(from);
              }
            });
    Double consumed =
        page.consumedCapacity() == null ? null : page.consumedCapacity().capacityUnits();
    pace.spend(consumed == null ? 0 : consumed);
    return page;
  }
}
