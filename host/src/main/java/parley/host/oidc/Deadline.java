package parley.host.oidc;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An end to waiting for a provider, whatever it does meanwhile.
final class Deadline {
  private Deadline() {}

  /// What `call` gives.
  ///
  /// @throws IOException if it takes longer than `limit`, or fails in any way
  static <T> T within(Duration limit, Callable<T> call) throws IOException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = Thread.ofVirtual().name("identity provider").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("it took longer than " + limit, e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("this server is about to stop", e);
    } finally {
      // Closes what a virtual thread reads from.
      thread.interrupt();
    }
  }
}
