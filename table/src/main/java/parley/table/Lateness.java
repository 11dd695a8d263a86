package parley.table;

import java.time.Duration;
import java.time.Instant;

/// How late a change is told of: at least so much, for the stream says roughly when it was.
final class Lateness {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Lateness() {}

  /// The embedded engine says no more than the minute of a change: taken at its word, everything
  /// would be half a minute late.
  static Duration of(Instant at, Instant now, boolean embedded) {
    Duration late = Duration.between(at, now);
    Duration least = embedded ? late.minus(MINUTE) : late;
    return least.isNegative() ? Duration.ZERO : least;
  }
}
