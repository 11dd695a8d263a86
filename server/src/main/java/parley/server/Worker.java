package parley.server;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import parley.host.Services;
import parley.messaging.StoreUnavailable;

/// Works on what need not be done at once, such as erasures: piece after piece while there is
/// something to do, and else looks every so often. It takes at most half of one thread's time from
/// those who write.
final class Worker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Worker.class.getName());

  /// How often it looks when nothing was due, where that is a read of the table.
  private static final Duration SELDOM = Duration.ofSeconds(15);

  /// And where it is a look at a folder.
  private static final Duration OFTEN = Duration.ofSeconds(1);

  /// How long it may take to end.
  private static final Duration END = Duration.ofSeconds(5);

  private final String name;
  private final Duration every;
  private final BooleanSupplier work;
  private final Thread thread;
  private volatile boolean closed;

  private Worker(String name, Duration every, BooleanSupplier work) {
    this.name = name;
    this.every = every;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /// All that a server has.
  static List<Worker> startAll(Services services) {
    return List.of(
        start("eraser", SELDOM, services.eraser()::work),
        start("exports", OFTEN, services.exports()::work));
  }

  /// `work` does one piece, and says whether there was one.
  private static Worker start(String name, Duration every, BooleanSupplier work) {
    Worker worker = new Worker(name, every, work);
    worker.thread.start();
    return worker;
  }

  private void run() {
    try {
      while (!closed) {
        long from = System.nanoTime();
        Thread.sleep(worked() ? Duration.ofNanos(System.nanoTime() - from) : every);
      }
    } catch (InterruptedException e) {
      // It is told to end.
    }
  }

  private boolean worked() {
    try {
      return work.getAsBoolean();
    } catch (StoreUnavailable e) {
      // Whatever was done is safe to do again, when its minute is over.
      return false;
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.log(WARNING, name + ": this cannot go on just now, and is tried again", e);
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
