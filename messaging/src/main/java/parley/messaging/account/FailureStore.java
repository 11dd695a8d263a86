package parley.messaging.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Port: where failed sign-ins are counted. A pair is a keyed hash of a handle and a source, so
/// that neither can be read from the store.
public interface FailureStore {
  /// By a strongly consistent read; null for none. They may be long over.
  @Nullable Failures failures(String pair);

  /// Stores `next` until `expiresAt`, if `seen` is still what is there (null for nothing). One
  /// write.
  Counted count(String pair, @Nullable Failures seen, Failures next, Instant expiresAt);

  /// Forgets all failures of the pair. One write.
  void clear(String pair);

  /// How many there were, and when the last one was.
  record Failures(int count, Instant lastAt) {}

  /// What became of a count.
  sealed interface Counted {
    /// It is stored.
    record Done() implements Counted {}

    /// Something else is there than was seen; null for nothing.
    record Otherwise(@Nullable Failures there) implements Counted {}
  }
}
