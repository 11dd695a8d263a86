package parley.messaging.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Port: where it is kept how far the sweep is.
public interface Sweeps {
  /// As it stands; null where nothing was ever to vanish here. One read.
  @Nullable Sweep sweep();

  /// From here on there may be something: one that rests goes on at `at`. One write.
  void want(Instant now, Instant at);

  /// Stores it, unless somebody else has moved it on: then null. One write.
  @Nullable Sweep move(Sweep next);
}
