package parley.messaging.event;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Runs tasks side by side, those of the same name one after the other in the order in which they
/// came.
final class Turns<K> {
  /// Tasks of one name that may wait; more are dropped.
  private static final int WAITING = 1_024;

  private final Executor threads;
  private final Map<K, Queue<Runnable>> waiting = new HashMap<>();

  Turns(Executor threads) {
    this.threads = threads;
  }

  void run(K name, Runnable task) {
    synchronized (waiting) {
      Queue<Runnable> queue = waiting.get(name);
      if (queue != null) {
        if (queue.size() < WAITING) {
          queue.add(task);
        }
        return;
      }
      waiting.put(name, new ArrayDeque<>());
    }
    threads.execute(() -> runAll(name, task));
  }

  private void runAll(K name, Runnable first) {
    for (Runnable task = first; task != null; task = next(name)) {
      task.run();
    }
  }

  private @Nullable Runnable next(K name) {
    synchronized (waiting) {
      Queue<Runnable> queue = waiting.get(name);
      Runnable task = queue == null ? null : queue.poll();
      if (task == null) {
        waiting.remove(name);
      }
      return task;
    }
  }
}
