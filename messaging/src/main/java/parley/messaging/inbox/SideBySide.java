package parley.messaging.inbox;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;

/// Pieces of work that do not know each other: on threads of `others` where it has any free, and
/// else done by whoever asks, who so never waits for a thread.
public record SideBySide(Executor others) {
  /// One after the other.
  static final SideBySide IN_TURN = new SideBySide(Runnable::run);

  /// What becomes of the work on each. All of it has been begun, and none waits for a thread.
  public <K, V extends @Nullable Object> Map<K, FutureTask<V>> begun(
      Collection<K> all, Function<K, V> work) {
    Map<K, FutureTask<V>> tasks = new LinkedHashMap<>();
    all.forEach(one -> tasks.put(one, new FutureTask<>(() -> work.apply(one))));
    tasks.values().stream().skip(1).forEach(others::execute);
    tasks.values().forEach(FutureTask::run);
    return tasks;
  }

  /// The rows of these people as they stand then. All are tried, whatever becomes of one; its fault
  /// is thrown.
  Map<UserId, InboxRow> each(Set<UserId> people, Function<UserId, @Nullable InboxRow> work) {
    Map<UserId, FutureTask<@Nullable InboxRow>> tasks = begun(people, work);
    Map<UserId, InboxRow> rows = new LinkedHashMap<>();
    RuntimeException fault = null;
    for (Map.Entry<UserId, FutureTask<@Nullable InboxRow>> task : tasks.entrySet()) {
      try {
        InboxRow row = task.getValue().get();
        if (row != null) {
          rows.put(task.getKey(), row);
        }
      } catch (ExecutionException e) {
        fault = unchecked(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while rows were written", e);
      }
    }
    if (fault != null) {
      throw fault;
    }
    return rows;
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    return switch (cause) {
      case Error error -> throw error;
      case RuntimeException unchecked -> unchecked;
      case null, default -> new IllegalStateException(cause);
    };
  }
}
