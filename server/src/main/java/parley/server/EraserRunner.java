package parley.server;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import parley.messaging.StoreUnavailable;
import parley.messaging.erasure.Eraser;

/// Works on erasures in this process: piece after piece while there is something to do, and else
/// looks every so often. It takes at most half of one thread's time from those who write.
final class EraserRunner implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EraserRunner.class.getName());

  /// How often it looks when nothing was due: one read.
  static final Duration EVERY = Duration.ofSeconds(15);

  /// How long it may take to end.
  private static final Duration END = Duration.ofSeconds(5);

  private final Eraser eraser;
  private final Thread thread;
  private volatile boolean closed;

  private EraserRunner(Eraser eraser) {
    this.eraser = eraser;
    this.thread = Thread.ofVirtual().name("eraser").unstarted(this::run);
  }

  static EraserRunner start(Eraser eraser) {
    EraserRunner runner = new EraserRunner(eraser);
    runner.thread.start();
    return runner;
  }

  private void run() {
    try {
      while (!closed) {
        long from = System.nanoTime();
        Thread.sleep(worked() ? Duration.ofNanos(System.nanoTime() - from) : EVERY);
      }
    } catch (InterruptedException e) {
      // It is told to end.
    }
  }

  private boolean worked() {
    try {
      return eraser.work();
    } catch (StoreUnavailable e) {
      // Whatever was done is safe to do again, when the job's minute is over.
      return false;
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.log(WARNING, "An erasure cannot go on just now, and is tried again", e);
      }
      return false;
    }
  }

  /// Lets the piece under way end. One that is cut off is done again by whoever comes next.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
