package parley.messaging;

import java.time.Duration;
import java.util.function.Supplier;

/// Whether this process hears what others change: while it follows the change stream closely, what
/// it remembers is corrected as it goes, and need not be asked for again.
public final class Hearing {
  private volatile Supplier<Duration> behind = () -> Limits.DECISION_STALENESS;

  /// From here on `behind` says how long ago everything in the stream had been heard.
  public void follow(Supplier<Duration> behind) {
    this.behind = behind;
  }

  /// Whether whatever others changed longer ago than [Limits#DECISION_STALENESS] has been heard.
  boolean isCurrent() {
    return behind.get().compareTo(Limits.DECISION_STALENESS) < 0;
  }
}
