package parley.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import parley.api.Inspector;
import parley.store.TableDesign.Entity;
import parley.store.TableSurvey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Weighs the table: how much of it is what. Somebody asks for it, for it reads everything; it goes
/// page by page, at a bounded rate, and what it has so far can be seen. It keeps sums and no items.
final class Weigher {
  private static final System.Logger LOG = System.getLogger(Weigher.class.getName());

  /// Bytes that half a unit reads.
  private static final double BYTES_OF_UNIT = 8192;

  /// Where it stands.
  private enum State {
    NONE,
    RUNNING,
    DONE,
    STOPPED,
    FAILED
  }

  private static final class Part {
    long items;
    long bytes;
    long inIndex;
    long indexBytes;
  }

  private final OpenTable table;
  private final Prices prices;
  private final Map<@Nullable Entity, Part> parts = new HashMap<>();
  private State state = State.NONE;
  private long items;
  private double units;

  /// Which of its runs is the last one: an earlier one that is still under way ends.
  private int run;

  Weigher(OpenTable table, Prices prices) {
    this.table = table;
    this.prices = prices;
  }

  synchronized void start() {
    if (state == State.RUNNING) {
      return;
    }
    state = State.RUNNING;
    parts.clear();
    items = 0;
    units = 0;
    int mine = ++run;
    Thread.ofVirtual().name("table-weigher").start(() -> read(mine));
  }

  synchronized void stop() {
    if (state == State.RUNNING) {
      state = State.STOPPED;
    }
  }

  private void read(int mine) {
    Pace pace = table.isEmbedded() ? Pace.unbounded() : Pace.of(InspectBounds.WEIGHING_RATE);
    Map<String, AttributeValue> key = Map.of();
    try {
      do {
        ScanResponse page = page(key);
        Double used = page.consumedCapacity() == null ? null : units(page.consumedCapacity());
        if (!add(mine, page.items(), used == null ? 0 : used)) {
          return;
        }
        pace.spend(used == null ? 0 : used);
        key = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
      } while (!key.isEmpty());
      end(mine, State.DONE);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "The table could not be weighed", e);
      end(mine, State.FAILED);
    }
  }

  private static @Nullable Double units(ConsumedCapacity consumed) {
    return consumed.capacityUnits();
  }

  private ScanResponse page(Map<String, AttributeValue> key) {
    return table
        .client()
        .scan(r -> {
          r.tableName(table.name())
              .limit(TableSurvey.PAGE)
              .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
          if (!key.isEmpty()) {
            r.exclusiveStartKey(key);
          }
        });
  }

  /// Whether to go on.
  private synchronized boolean add(
      int mine, List<Map<String, AttributeValue>> page, double pageUnits) {
    if (mine != run || state != State.RUNNING) {
      return false;
    }
    for (Map<String, AttributeValue> item : page) {
      Part part = parts.computeIfAbsent(Ink.entity(item), _ -> new Part());
      long inIndex = ItemSize.inInbox(item);
      part.items++;
      part.bytes += ItemSize.of(item);
      part.inIndex += inIndex > 0 ? 1 : 0;
      part.indexBytes += inIndex;
    }
    items += page.size();
    units += pageUnits;
    return true;
  }

  private synchronized void end(int mine, State how) {
    if (mine == run && state == State.RUNNING) {
      state = how;
    }
  }

  /// How far it is.
  Inspector.Weighing now() {
    TableDescription description = table.description();
    Long size = description.tableSizeBytes();
    Long count = description.itemCount();
    double expected = size == null ? 0 : Math.ceil(size / BYTES_OF_UNIT);
    return now(count == null ? 0 : count, expected);
  }

  private synchronized Inspector.Weighing now(long expectedItems, double expectedUnits) {
    List<Inspector.Weight> weights = new ArrayList<>();
    parts.forEach((entity, part) ->
        weights.add(
            new Inspector.Weight(
                entity == null ? null : RecentChanges.name(entity),
                part.items,
                part.bytes,
                part.inIndex,
                part.indexBytes)));
    return new Inspector.Weighing(
        state.name().toLowerCase(Locale.ROOT),
        items,
        Math.max(expectedItems, items),
        units,
        expectedUnits,
        price(expectedUnits),
        weights);
  }

  private String price(double expectedUnits) {
    OptionalDouble million = prices.of("read.million");
    return table.isEmbedded() || million.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "$%.4f", million.getAsDouble() * expectedUnits / 1e6);
  }
}
