package parley.messaging;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import org.jspecify.annotations.Nullable;

/// How often something in memory was asked, how often it knew, and how much it holds.
public record CacheUse(long hits, long misses, long size) {
  /// Of a cache that records it.
  public static CacheUse of(Cache<?, ? extends @Nullable Object> cache) {
    CacheStats stats = cache.stats();
    return new CacheUse(stats.hitCount(), stats.missCount(), cache.estimatedSize());
  }
}
