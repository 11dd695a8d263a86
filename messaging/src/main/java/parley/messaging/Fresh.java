package parley.messaging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Memory of what others may change at any time, never older than [Limits#DECISION_STALENESS]: it
/// is kept for as long as this process hears of every change, and asked for again where it does
/// not.
///
/// What is loaded must be read with everything that was written before, and every change that is
/// heard must be told here: then no order of the two leaves an old value.
public final class Fresh<K, V> {
  private static final Duration IDLE = Duration.ofMinutes(10);

  /// Loads lock a bin of the map that they fill: with few bins, unrelated ones wait for each other.
  private static final int BINS = 4_096;

  private record Kept<V>(V value, Instant at) {}

  private final InstantSource clock;
  private final Hearing hearing;
  private final Cache<K, Kept<V>> kept;

  public Fresh(int size, InstantSource clock, Hearing hearing) {
    this.clock = clock;
    this.hearing = hearing;
    this.kept =
        Caffeine.newBuilder()
            .initialCapacity(BINS)
            .maximumSize(size)
            .expireAfterAccess(IDLE)
            .recordStats()
            .build();
  }

  /// The value, loaded if it is not known well enough.
  public V get(K key, Function<K, V> load) {
    Kept<V> known = kept.getIfPresent(key);
    if (known != null && isGood(known)) {
      return known.value();
    }
    return Objects.requireNonNull(
            kept.asMap()
                .compute(
                    key,
                    (_, now) ->
                        now != null && isGood(now)
                            ? now
                            : new Kept<>(load.apply(key), clock.instant())))
        .value();
  }

  private boolean isGood(Kept<V> known) {
    return hearing.isCurrent()
        || !known.at().plus(Limits.DECISION_STALENESS).isBefore(clock.instant());
  }

  /// Takes note of a change, where the value is known.
  public void change(K key, UnaryOperator<V> change) {
    kept.asMap()
        .computeIfPresent(key, (_, known) -> new Kept<>(change.apply(known.value()), known.at()));
  }

  /// Forgets a value, so that the next use loads it.
  public void forget(K key) {
    kept.invalidate(key);
  }

  /// How much this memory is worth.
  public CacheUse use() {
    return CacheUse.of(kept);
  }
}
