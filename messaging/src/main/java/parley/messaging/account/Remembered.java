package parley.messaging.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;

/// Memory that is never older than [Limits#ACCOUNT_STALENESS], by the injected clock.
final class Remembered {
  /// Loads lock a bin of the map that they fill: with few bins, unrelated ones wait for each other.
  private static final int BINS = 4_096;

  private Remembered() {}

  static <K, V extends @Nullable Object> Cache<K, V> upToStaleness(InstantSource clock, int size) {
    return Caffeine.newBuilder()
        .initialCapacity(BINS)
        .maximumSize(size)
        .recordStats()
        .expireAfterWrite(Limits.ACCOUNT_STALENESS)
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .build();
  }
}
