package parley.api;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of one request while it is being answered. For one thread.
final class Sighting {
  /// A method is a client's own word: those that no route has are told as one.
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final String method;
  private final long from = System.nanoTime();
  private String operation = "none";
  private String path = "-";
  private @Nullable ProblemCode problem;

  Sighting(String method) {
    this.method = METHODS.contains(method) ? method : "OTHER";
  }

  void reached(String operation, String path) {
    this.operation = operation;
    this.path = path;
  }

  void refused(ProblemCode code) {
    problem = code;
  }

  /// Method and route, for logs.
  String where() {
    return method + " " + path;
  }

  Observer.Answered answered(int status, @Nullable String exhausted, String requestId) {
    return new Observer.Answered(
        operation,
        method,
        path,
        status,
        problem == null ? null : problem.code(),
        exhausted,
        Duration.ofNanos(System.nanoTime() - from),
        requestId);
  }
}
