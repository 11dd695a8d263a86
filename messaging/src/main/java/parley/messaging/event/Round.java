package parley.messaging.event;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import parley.messaging.Limits;
import parley.messaging.StoreUnavailable;
import parley.messaging.event.Gateway.Delivery;

/// One batch's telling: side by side, so many at a time, and not for longer than it may take.
final class Round implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore turns = new Semaphore(Limits.LINKS_TOLD_AT_ONCE);
  private final Phaser tasks = new Phaser(1);
  private final AtomicInteger told = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private final AtomicInteger missed = new AtomicInteger();
  private final Duration atMost;
  private final long end;

  Round(Duration atMost) {
    this.atMost = atMost;
    this.end = System.nanoTime() + atMost.toNanos();
  }

  /// Runs a task, which may run others.
  void run(Runnable task) {
    tasks.register();
    threads.execute(() -> {
      try {
        task.run();
      } catch (StoreUnavailable e) {
        // Whoever it was about asks the log.
        missed.incrementAndGet();
      } finally {
        tasks.arriveAndDeregister();
      }
    });
  }

  /// Speaks to a connection when it is its turn; fails once the time is over.
  Delivery inTurn(Supplier<Delivery> speech) {
    try {
      if (!turns.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return Delivery.FAILED;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Delivery.FAILED;
    }
    try {
      return System.nanoTime() - end < 0 ? speech.get() : Delivery.FAILED;
    } finally {
      turns.release();
    }
  }

  void count(Delivery delivery) {
    switch (delivery) {
      case TAKEN -> told.incrementAndGet();
      case GONE -> gone.incrementAndGet();
      case FAILED -> missed.incrementAndGet();
    }
  }

  /// Waits for all tasks. Calls end soon after the time is over, since each of them is bounded.
  void await() {
    int phase = tasks.arrive();
    try {
      tasks.awaitAdvanceInterruptibly(phase, 2 * atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      missed.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Switchboard.Told told() {
    return new Switchboard.Told(told.get(), gone.get(), missed.get());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
