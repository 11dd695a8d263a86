package parley.store;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// Adds up what requests consume, as the engine reports it.
///
/// A failed condition is reported by no engine and billed by the service, so it is counted here: as
/// one unit, for items up to 1 KB.
public final class UnitMeter implements Units {
  private final DoubleAdder reads = new DoubleAdder();
  private final DoubleAdder writes = new DoubleAdder();
  private final DoubleAdder indexWrites = new DoubleAdder();
  private final LongAdder refusals = new LongAdder();

  @Override
  public void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed) {
    if (consumed == null) {
      return;
    }
    boolean writing = pattern.reads() == TableDesign.Reads.NONE;
    double index =
        consumed.hasGlobalSecondaryIndexes()
            ? consumed.globalSecondaryIndexes().values().stream()
                .map(Capacity::capacityUnits)
                .mapToDouble(units -> units == null ? 0 : units)
                .sum()
            : 0;
    double total = consumed.capacityUnits() == null ? 0 : consumed.capacityUnits();
    if (writing) {
      writes.add(total - index);
      indexWrites.add(index);
    } else {
      reads.add(total);
    }
  }

  @Override
  public void refused(AccessPattern pattern) {
    refusals.increment();
    writes.add(1);
  }

  public double reads() {
    return reads.sum();
  }

  /// Units written to the table and to the index.
  public double writes() {
    return writes.sum() + indexWrites.sum();
  }

  public double indexWrites() {
    return indexWrites.sum();
  }

  public long refusals() {
    return refusals.sum();
  }

  public void reset() {
    reads.reset();
    writes.reset();
    indexWrites.reset();
    refusals.reset();
  }
}
