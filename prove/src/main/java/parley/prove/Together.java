package parley.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Does things side by side, so many at a time.
public final class Together {
  private Together() {}

  /// What each of them comes to, in their order. The first that fails ends all.
  public static <T> List<T> run(int atOnce, List<Callable<T>> all) throws InterruptedException {
    Semaphore free = new Semaphore(atOnce);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> one : all) {
        running.add(
            threads.submit(() -> {
              free.acquire();
              try {
                return one.call();
              } finally {
                free.release();
              }
            }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(result(one));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new GaveUp("something that should have been done failed", e);
    }
  }
}
