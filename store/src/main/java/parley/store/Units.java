package parley.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// Who counts what the table's requests consume.
public interface Units {
  /// A request of this pattern consumed this; null where the engine does not say.
  void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed);

  /// The condition of a request of this pattern failed. The service bills it like a write of the
  /// item that is there; the embedded engine does not report it.
  void refused(AccessPattern pattern);

  /// Nobody counts.
  Units IGNORED =
      new Units() {
        @Override
        public void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed) {}

        @Override
        public void refused(AccessPattern pattern) {}
      };
}
