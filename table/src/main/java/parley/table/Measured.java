package parley.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.store.TableDesign.Reads;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// What one request came to: what the engine says that it consumed, beside what its items should
/// have consumed by their size.
record Measured(
    Recorder.Call call,
    List<Map<String, AttributeValue>> items,
    long evaluated,
    long returned,
    double table,
    double index,
    long bytes,
    double bySize,
    long took_ns) {
  static Measured of(Recorder.Call call, PatternFacts facts) {
    boolean strong = facts.pattern().reads() == Reads.STRONG;
    return switch (call.response()) {
      // No engine reports a write whose condition failed; the service bills one unit for each KB.
      case null -> new Measured(call, List.of(), 1, 0, 1, 0, 0, 1, call.took_ns());
      case GetItemResponse get -> {
        boolean found = get.hasItem() && !get.item().isEmpty();
        yield read(
            call,
            found ? List.of(get.item()) : List.of(),
            found ? 1 : 0,
            get.consumedCapacity(),
            ItemSize.readUnits(ItemSize.of(get.item()), strong));
      }
      case QueryResponse query -> {
        long bytes = query.items().stream().mapToLong(ItemSize::of).sum();
        Integer scanned = query.scannedCount();
        yield read(
            call,
            query.items(),
            scanned == null ? query.items().size() : scanned,
            query.consumedCapacity(),
            ItemSize.readUnits(bytes, strong));
      }
      case BatchGetItemResponse batch -> {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        batch.responses().values().forEach(items::addAll);
        double each =
            items.stream().mapToDouble(i -> ItemSize.readUnits(ItemSize.of(i), strong)).sum();
        ConsumedCapacity consumed =
            batch.consumedCapacity().isEmpty() ? null : batch.consumedCapacity().getFirst();
        yield read(call, items, items.size(), consumed, each);
      }
      case PutItemResponse put -> write(call, put.consumedCapacity());
      case UpdateItemResponse update -> write(call, update.consumedCapacity());
      case DeleteItemResponse delete -> write(call, delete.consumedCapacity());
      default -> throw new IllegalArgumentException(call.operation());
    };
  }

  private static Measured read(
      Recorder.Call call,
      List<Map<String, AttributeValue>> items,
      long evaluated,
      @Nullable ConsumedCapacity consumed,
      double bySize) {
    long bytes = items.stream().mapToLong(ItemSize::of).sum();
    double index = index(consumed);
    double all = total(consumed);
    return new Measured(
        call, items, evaluated, items.size(), all - index, index, bytes, bySize, call.took_ns());
  }

  private static Measured write(Recorder.Call call, @Nullable ConsumedCapacity consumed) {
    double index = index(consumed);
    return new Measured(
        call, List.of(), 1, 0, total(consumed) - index, index, 0, 0, call.took_ns());
  }

  private static double total(@Nullable ConsumedCapacity consumed) {
    Double units = consumed == null ? null : consumed.capacityUnits();
    return units == null ? 0 : units;
  }

  private static double index(@Nullable ConsumedCapacity consumed) {
    return consumed == null || !consumed.hasGlobalSecondaryIndexes()
        ? 0
        : consumed.globalSecondaryIndexes().values().stream()
            .map(Capacity::capacityUnits)
            .mapToDouble(units -> units == null ? 0 : units)
            .sum();
  }

  static Measured sum(List<Measured> all) {
    return all.stream().reduce(Measured::plus).orElseThrow();
  }

  private Measured plus(Measured other) {
    return new Measured(
        call,
        List.of(),
        evaluated + other.evaluated,
        returned + other.returned,
        table + other.table,
        index + other.index,
        bytes + other.bytes,
        bySize + other.bySize,
        took_ns + other.took_ns);
  }

  /// Its units as documents have them.
  String units(PatternFacts facts) {
    String kind = facts.isWrite() ? " W" : " R";
    String onTable = table == 0 && index > 0 ? "" : Out.number(table) + kind;
    String onIndex = index == 0 ? "" : Out.number(index) + kind + "i";
    return onTable + (onTable.isEmpty() || onIndex.isEmpty() ? "" : " + ") + onIndex;
  }
}
