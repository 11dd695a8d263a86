package parley.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Who is told of every answer, to count it or to log it. What it is told has few values: nothing
/// that a client wrote is in it, but the name that it gave its request.
@FunctionalInterface
public interface Observer {
  /// Nobody.
  Observer NONE = _ -> {};

  void answered(Answered answered);

  /// Both, one after the other.
  default Observer and(Observer other) {
    return answered -> {
      answered(answered);
      other.answered(answered);
    };
  }

  /// One request and what became of it.
  ///
  /// `operation` is the route's name, and `path` its template: `none` and `-` where there was no
  /// route. `problem` is the code of a refusal, `exhausted` the rate limit that refused it.
  record Answered(
      String operation,
      String method,
      String path,
      int status,
      @Nullable String problem,
      @Nullable String exhausted,
      Duration took,
      String requestId) {}
}
