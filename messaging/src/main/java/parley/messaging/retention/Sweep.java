package parley.messaging.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far the reading of the table for texts of what has vanished is. One item for a deployment.
///
/// - `nextAt`: when it goes on; null where nothing vanishes here.
/// - `wantedAt`: when a conversation last said that its messages are to vanish.
/// - `cursor`: where the next piece begins; null for the beginning of a reading.
/// - `lasting`: what this reading has found that will vanish later.
/// - `version`: changes with every write, so that of two servers one works.
public record Sweep(
    @Nullable Instant nextAt,
    Instant wantedAt,
    @Nullable String cursor,
    long lasting,
    long version) {
  /// The same, left alone by others until then.
  Sweep taken(Instant until) {
    return new Sweep(until, wantedAt, cursor, lasting, version);
  }

  /// The same, further on.
  Sweep on(@Nullable Instant at, @Nullable String next, long found) {
    return new Sweep(at, wantedAt, next, found, version);
  }

  /// As it is once it was stored.
  public Sweep stored() {
    return new Sweep(nextAt, wantedAt, cursor, lasting, version + 1);
  }
}
