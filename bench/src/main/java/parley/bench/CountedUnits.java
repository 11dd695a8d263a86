package parley.bench;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import parley.store.AccessPattern;
import parley.store.Units;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// Units consumed. A failed condition counts as one, and a read that finds nothing as the least
/// that one costs: the service bills them, the engine does not say.
final class CountedUnits implements Units {
  private final DoubleAdder reads = new DoubleAdder();
  private final DoubleAdder writes = new DoubleAdder();
  private final LongAdder refusals = new LongAdder();

  @Override
  public void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed) {
    if (consumed != null && consumed.capacityUnits() != null) {
      switch (pattern.reads()) {
        case NONE -> writes.add(consumed.capacityUnits());
        case STRONG -> reads.add(Math.max(1, consumed.capacityUnits()));
        case EVENTUAL -> reads.add(Math.max(0.5, consumed.capacityUnits()));
      }
    }
  }

  @Override
  public void refused(AccessPattern pattern) {
    writes.add(1);
    refusals.increment();
  }

  long refusals() {
    return refusals.sum();
  }

  double reads() {
    return reads.sum();
  }

  double writes() {
    return writes.sum();
  }
}
