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
    double bySizeInIndex,
    long took_ns) {
  static Measured of(Recorder.Call call, PatternFacts facts) {
    boolean strong = facts.pattern().reads() == Reads.STRONG;
    return switch (call.response()) {
      // No engine reports a write whose condition failed; the service bills it by what it found.
      case null -> refused(call);
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
        call,
        items,
        evaluated,
        items.size(),
        all - index,
        index,
        bytes,
        index > 0 ? 0 : bySize,
        index > 0 ? bySize : 0,
        call.took_ns());
  }

  private static Measured write(Recorder.Call call, @Nullable ConsumedCapacity consumed) {
    double index = index(consumed);
    Rehearsal.Change change = change(call);
    return new Measured(
        call,
        List.of(),
        1,
        0,
        total(consumed) - index,
        index,
        Math.max(ItemSize.of(change.before()), ItemSize.of(change.after())),
        ItemSize.writeUnits(change.before(), change.after()),
        ItemSize.indexUnits(change.before(), change.after()),
        call.took_ns());
  }

  private static Measured refused(Recorder.Call call) {
    Map<String, AttributeValue> found = change(call).before();
    double units = ItemSize.writeUnits(found, Map.of());
    return new Measured(
        call, List.of(), 1, 0, units, 0, ItemSize.of(found), units, 0, call.took_ns());
  }

  private static Rehearsal.Change change(Recorder.Call call) {
    Rehearsal.Change change = call.change();
    return change == null ? new Rehearsal.Change(Map.of(), Map.of()) : change;
  }

  static double total(@Nullable ConsumedCapacity consumed) {
    Double units = consumed == null ? null : consumed.capacityUnits();
    return units == null ? 0 : units;
  }

  static double index(@Nullable ConsumedCapacity consumed) {
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
        bySizeInIndex + other.bySizeInIndex,
        took_ns + other.took_ns);
  }

  /// Its units as documents have them.
  String units(PatternFacts facts) {
    return units(facts, table, index);
  }

  /// What its items' sizes say that it should have consumed.
  String predicted(PatternFacts facts) {
    return units(facts, bySize, bySizeInIndex) + " for " + Out.bytes(bytes);
  }

  private static String units(PatternFacts facts, double table, double index) {
    String kind = facts.isWrite() ? " W" : " R";
    String onTable = table == 0 && index > 0 ? "" : Out.number(table) + kind;
    String onIndex = index == 0 ? "" : Out.number(index) + kind + "i";
    return onTable + (onTable.isEmpty() || onIndex.isEmpty() ? "" : " + ") + onIndex;
  }
}
