package parley.lambda;

import java.time.Instant;
import java.time.InstantSource;

/// Whether something that can be done without is asked at all: after some failures in a row it is
/// left alone for a while. The first failure after that leaves it alone again.
final class Circuit {
  private final InstantSource clock;
  private int failures;
  private Instant until = Instant.MIN;

  Circuit(InstantSource clock) {
    this.clock = clock;
  }

  synchronized boolean isOpen() {
    return clock.instant().isBefore(until);
  }

  synchronized void succeeded() {
    failures = 0;
  }

  /// Whether it is left alone from now on.
  synchronized boolean failed() {
    failures = Math.min(failures + 1, CacheBounds.FAILURES);
    if (failures < CacheBounds.FAILURES) {
      return false;
    }
    until = clock.instant().plus(CacheBounds.LEFT_ALONE);
    return true;
  }
}
