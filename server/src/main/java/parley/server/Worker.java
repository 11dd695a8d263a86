package parley.server;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.List;
import parley.host.Chore;
import parley.host.Services;
import parley.messaging.StoreUnavailable;

/// Works on what need not be done at once, such as erasures: piece after piece while there is
/// something to do, and else looks every so often. It takes at most half of one thread's time from
/// those who write.
final class Worker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Worker.class.getName());

  /// How long it may take to end.
  private static final Duration END = Duration.ofSeconds(5);

  private final Chore chore;
  private final Thread thread;
  private volatile boolean closed;

  private Worker(Chore chore) {
    this.chore = chore;
    this.thread = Thread.ofVirtual().name(chore.name()).unstarted(this::run);
  }

  /// All that a server has.
  static List<Worker> startAll(Services services) {
    return Chore.of(services).stream().map(Worker::start).toList();
  }

  private static Worker start(Chore chore) {
    Worker worker = new Worker(chore);
    worker.thread.start();
    return worker;
  }

  private void run() {
    try {
      while (!closed) {
        long from = System.nanoTime();
        Thread.sleep(worked() ? Duration.ofNanos(System.nanoTime() - from) : chore.every());
      }
    } catch (InterruptedException e) {
      // It is told to end.
    }
  }

  private boolean worked() {
    try {
      return chore.work().getAsBoolean();
    } catch (StoreUnavailable e) {
      // Whatever was done is safe to do again, when its minute is over.
      return false;
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.log(WARNING, chore.name() + ": this cannot go on just now, and is tried again", e);
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
