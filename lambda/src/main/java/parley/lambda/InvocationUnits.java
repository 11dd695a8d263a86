package parley.lambda;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import parley.store.AccessPattern;
import parley.store.Units;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// What the invocation at hand consumes, by access pattern. The service tells it of every request,
/// for nothing.
final class InvocationUnits implements Units {
  private final Map<AccessPattern, Double> units = new ConcurrentHashMap<>();

  @Override
  public void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed) {
    Double total = consumed == null ? null : consumed.capacityUnits();
    if (total != null) {
      units.merge(pattern, total, Double::sum);
    }
  }

  @Override
  public void refused(AccessPattern pattern) {
    // Billed like a write, and reported by no engine.
    units.merge(pattern, 1.0, Double::sum);
  }

  /// What was consumed since this was last asked.
  Map<String, Double> drain() {
    Map<String, Double> drained = new TreeMap<>();
    for (AccessPattern pattern : AccessPattern.values()) {
      Double total = units.remove(pattern);
      if (total != null) {
        drained.put(pattern.name().toLowerCase(Locale.ROOT), total);
      }
    }
    return drained;
  }
}
