package parley.store;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// Counts every request by its access pattern, and what they consume by asking one in so many.
///
/// What one says stands for as many as were not asked, so units are an estimate, which is right on
/// the average. Asking each one costs the embedded engine a fifth of its speed.
public final class SampledUnits implements Units {
  /// What the embedded engine is asked: one in so many.
  public static final int EMBEDDED = 100;

  private final int oneIn;
  private final LongAdder[] requests = counters();
  private final LongAdder[] refused = counters();
  private final LongAdder[] told = counters();
  private final LongAdder unavailable = new LongAdder();
  private final DoubleAdder[] units = new DoubleAdder[AccessPattern.values().length];

  /// Asks one request in so many; every one, for 1.
  public SampledUnits(int oneIn) {
    if (oneIn < 1) {
      throw new IllegalArgumentException("one request in " + oneIn + " cannot be asked");
    }
    this.oneIn = oneIn;
    Arrays.setAll(units, _ -> new DoubleAdder());
  }

  private static LongAdder[] counters() {
    LongAdder[] counters = new LongAdder[AccessPattern.values().length];
    Arrays.setAll(counters, _ -> new LongAdder());
    return counters;
  }

  @Override
  public boolean asks() {
    return oneIn == 1 || ThreadLocalRandom.current().nextInt(oneIn) == 0;
  }

  @Override
  public void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed) {
    requests[at(pattern)].increment();
    Double total = consumed == null ? null : consumed.capacityUnits();
    if (total != null) {
      units[at(pattern)].add(total * oneIn);
      told[at(pattern)].increment();
    }
  }

  @Override
  public void refused(AccessPattern pattern) {
    requests[at(pattern)].increment();
    refused[at(pattern)].increment();
    // Billed like a write, and reported by no engine.
    units[at(pattern)].add(1);
  }

  @Override
  public void unavailable() {
    unavailable.increment();
  }

  /// One request in so many says what it consumes.
  public int oneIn() {
    return oneIn;
  }

  /// Requests of a pattern that were answered, refused ones among them.
  public long requests(AccessPattern pattern) {
    return requests[at(pattern)].sum();
  }

  /// Requests of a pattern whose condition did not hold.
  public long refusals(AccessPattern pattern) {
    return refused[at(pattern)].sum();
  }

  /// What a pattern consumed, estimated for the eye: the mean of what was told, for each request
  /// that was answered. Unlike [#units] it may fall again, and is near the truth when few were
  /// asked.
  ///
  /// @param untold what one takes while none has told
  public double likely(AccessPattern pattern, double untold) {
    long refusals = refusals(pattern);
    long count = told[at(pattern)].sum();
    double mean = count == 0 ? untold : (units(pattern) - refusals) / oneIn / count;
    return mean * (requests(pattern) - refusals) + refusals;
  }

  /// What a pattern consumed, estimated.
  public double units(AccessPattern pattern) {
    return units[at(pattern)].sum();
  }

  /// Requests that were not answered.
  public long unanswered() {
    return unavailable.sum();
  }

  @SuppressWarnings("EnumOrdinal") // a place in an array of this process
  private static int at(AccessPattern pattern) {
    return pattern.ordinal();
  }
}
