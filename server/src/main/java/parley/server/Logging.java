package parley.server;

import org.jspecify.annotations.Nullable;
import parley.api.RequestId;

/// What whoever writes the log must know of a server.
public final class Logging {
  /// The logger that has a line for each request, at the level INFO.
  public static final String ACCESS = AccessLog.NAME;

  private Logging() {}

  /// The id of the request that this thread is answering, null if it is none.
  public static @Nullable String requestId() {
    return RequestId.current();
  }
}
