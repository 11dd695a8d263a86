package parley.table;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import parley.api.Inspector;
import parley.store.TableDesign.Entity;

/// The newest changes of the table, for those who look on. It holds keys and times, and nothing
/// that items hold.
final class RecentChanges {
  private final InstantSource clock;
  private final Deque<Inspector.Change> kept = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition came = lock.newCondition();
  private long last;
  private int waiting;
  private boolean closed;

  private final boolean embedded;

  /// @param embedded whether it is the embedded engine that tells of them
  RecentChanges(InstantSource clock, boolean embedded) {
    this.embedded = embedded;
    this.clock = clock;
  }

  void add(String pk, String sk, boolean gone, Instant at) {
    Instant now = clock.instant();
    Duration late = Lateness.of(at, now, embedded);
    String entity = Entity.of(pk, sk).map(RecentChanges::name).orElse(null);
    lock.lock();
    try {
      last++;
      kept.addLast(
          new Inspector.Change(last, now.minus(late), late.toMillis(), gone, entity, pk, sk));
      if (kept.size() > InspectBounds.CHANGES) {
        kept.removeFirst();
      }
      came.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// As programs call an entity.
  static String name(Entity entity) {
    return entity.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What came after a number. A number that was never given out, such as one of an earlier start
  /// of the server, is taken for the beginning.
  Inspector.Changes after(long number, Duration wait) {
    lock.lock();
    try {
      if (number == last && waiting < InspectBounds.WAITING) {
        await(number, wait);
      }
      long from = number > last ? 0 : number;
      List<Inspector.Change> found =
          kept.stream().filter(change -> change.number() > from).toList();
      return new Inspector.Changes(found, last, last - from > found.size());
    } finally {
      lock.unlock();
    }
  }

  private void await(long number, Duration wait) {
    long left_ns = wait.toNanos();
    waiting++;
    try {
      while (!closed && last == number && left_ns > 0) {
        left_ns = came.awaitNanos(left_ns);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting--;
    }
  }

  /// Nobody waits from now on.
  void close() {
    lock.lock();
    try {
      closed = true;
      came.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
