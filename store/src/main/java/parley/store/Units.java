package parley.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// Who counts what the table's requests consume.
public interface Units {
  /// A request of this pattern was answered, and consumed this; null where that was not asked for,
  /// or the engine does not say.
  void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed);

  /// Whether the next request should ask what it consumes. Working that out costs the embedded
  /// engine time; the service tells it for nothing.
  default boolean asks() {
    return true;
  }

  /// A request of the table was not answered, after all retries.
  default void unavailable() {}

  /// The condition of a request of this pattern failed. The service bills it like a write of the
  /// item that is there; the embedded engine does not report it.
  void refused(AccessPattern pattern);

  /// Nobody counts.
  Units IGNORED =
      new Units() {
        @Override
        public boolean asks() {
          return false;
        }

        @Override
        public void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed) {}

        @Override
        public void refused(AccessPattern pattern) {}
      };
}
