package parley.bench;

import com.google.errorprone.annotations.FormatMethod;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// What a long measurement says of itself meanwhile, on standard error: each part as it begins, how
/// long it has taken since, and what came of it. A bench that says nothing for minutes looks as one
/// that hangs.
final class Shown {
  private static final Duration STEP = Duration.ofSeconds(10);

  private final ScheduledExecutorService ticks;
  private final long from_ns = System.nanoTime();

  Shown(ScheduledExecutorService ticks) {
    this.ticks = ticks;
  }

  /// Seconds that the work took.
  double of(String what, Runnable work) {
    say("%s", what);
    long from = System.nanoTime();
    ScheduledFuture<?> tick =
        ticks.scheduleAtFixedRate(
            () -> say("%s: still at it after %.0f s", what, (System.nanoTime() - from) / 1e9),
            STEP.toMillis(),
            STEP.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      work.run();
    } finally {
      tick.cancel(false);
    }
    return (System.nanoTime() - from) / 1e9;
  }

  @FormatMethod
  void say(String format, Object... values) {
    System.err.printf(
        Locale.ROOT,
        "%4.0f s  %s%n",
        (System.nanoTime() - from_ns) / 1e9,
        String.format(Locale.ROOT, format, values));
  }
}
