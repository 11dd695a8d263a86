package parley.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How far the reading of each shard has come, by this process's own clock (`System.nanoTime`).
final class Progress {
  /// The shards that are being read, and since when.
  private final Map<String, Long> readSince = new ConcurrentHashMap<>();

  /// When each of them was last found to hold nothing more; none for one that never was.
  private final Map<String, Long> caughtUpAt = new ConcurrentHashMap<>();

  /// Since when there has been nothing to read, and nothing that will be; null otherwise.
  private volatile @Nullable Long stoppedAt;

  void began(String shard) {
    stoppedAt = null;
    readSince.put(shard, System.nanoTime());
  }

  /// Nothing is left to read, and nothing will be; whether that is news.
  boolean stopped() {
    if (stoppedAt != null) {
      return false;
    }
    stoppedAt = System.nanoTime();
    return true;
  }

  /// Somebody asked for more at that time, and there was none.
  void caughtUp(String shard, long asked) {
    caughtUpAt.put(shard, asked);
  }

  void ended(String shard) {
    readSince.remove(shard);
    caughtUpAt.remove(shard);
  }

  /// How long ago all of a shard had been read, of the one that is furthest behind; of a stream
  /// that has ended, how long ago it did.
  Duration behind() {
    long now = System.nanoTime();
    Long stopped = stoppedAt;
    return Duration.ofNanos(
        readSince.entrySet().stream()
            .mapToLong(shard -> now - caughtUpAt.getOrDefault(shard.getKey(), shard.getValue()))
            .max()
            .orElse(stopped == null ? 0 : now - stopped));
  }

  /// Whether everything that was there at that time has been read.
  boolean isPast(long time) {
    return !readSince.isEmpty()
        && readSince.keySet().stream()
            .allMatch(shard -> {
              Long at = caughtUpAt.get(shard);
              return at != null && at - time > 0;
            });
  }
}
