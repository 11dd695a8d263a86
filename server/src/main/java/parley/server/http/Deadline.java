package parley.server.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Interrupts the thread that set it, unless it is closed in time.
///
/// A virtual thread that is interrupted while it waits for a socket has that socket closed: so this
/// bounds a read however little comes in, which the library's own timeout does not do for a server.
final class Deadline implements AutoCloseable {
  private static final ScheduledThreadPoolExecutor ALARMS = alarms();

  private final Thread waiting = Thread.currentThread();
  private final ScheduledFuture<?> alarm;
  private boolean met;
  private boolean missed;

  private Deadline(Duration time) {
    this.alarm = ALARMS.schedule(this::ring, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  static Deadline in(Duration time) {
    return new Deadline(time);
  }

  private static ScheduledThreadPoolExecutor alarms() {
    ScheduledThreadPoolExecutor alarms =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("deadlines").daemon().factory());
    // Nearly all are met: they must not be kept until their time.
    alarms.setRemoveOnCancelPolicy(true);
    return alarms;
  }

  private synchronized void ring() {
    if (!met) {
      missed = true;
      waiting.interrupt();
    }
  }

  /// After this the thread is no more interrupted than before.
  @Override
  public synchronized void close() {
    met = true;
    alarm.cancel(false);
    if (missed && Thread.interrupted()) {
      missed = false;
    }
  }
}
