package parley.messaging.erasure;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;

/// Port: where erasures that are asked for or under way are kept.
public interface ErasureJobs {
  /// Stores a new one. One write, safe to repeat.
  void add(Erasure job);

  /// One of them, strongly consistent; null where there is none.
  @Nullable Erasure job(Instant dueAt, UserId user);

  /// Those that are due by `by`, the longest due first: at most `limit`.
  List<Erasure> due(Instant by, int limit);

  /// Stores `next`, under the version after its own, if its own is what is there; null if somebody
  /// else has moved it on. One write.
  @Nullable Erasure move(Erasure next);

  /// Removes it. One write.
  void remove(Erasure job);
}
