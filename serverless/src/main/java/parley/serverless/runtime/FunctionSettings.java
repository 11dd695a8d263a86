package parley.serverless.runtime;

import java.time.Duration;
import java.util.Map;

/// One function, as its template describes it. `concurrency` is how many instances may run at once.
public record FunctionSettings(
    String name,
    String handler,
    int memory_mb,
    Duration timeout,
    int concurrency,
    Map<String, String> environment) {
  public FunctionSettings {
    environment = Map.copyOf(environment);
  }
}
