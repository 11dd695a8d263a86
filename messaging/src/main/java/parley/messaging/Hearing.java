package parley.messaging;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether this process hears what others change: while it follows the change stream closely, what
/// it remembers is corrected as it goes, and need not be asked for again.
public final class Hearing {
  private volatile @Nullable Supplier<Duration> behind;

  /// From here on `behind` says how long ago everything in the stream had been heard.
  public void follow(Supplier<Duration> behind) {
    this.behind = behind;
  }

  /// Whether this process is told what others change: at once, or late.
  public boolean isThere() {
    return behind != null;
  }

  /// Whether whatever others changed longer ago than [Limits#DECISION_STALENESS] has been heard.
  boolean isCurrent() {
    Supplier<Duration> told = behind;
    return told != null && told.get().compareTo(Limits.DECISION_STALENESS) < 0;
  }
}
