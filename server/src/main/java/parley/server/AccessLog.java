package parley.server;

import static java.lang.System.Logger.Level.INFO;

import java.util.LinkedHashMap;
import java.util.Map;
import parley.api.Observer;

/// One line of the log for each request: method, route, status and time, and nothing that a client
/// wrote. At the level INFO, under a name of its own.
final class AccessLog implements Observer {
  /// The name of its logger.
  static final String NAME = "parley.access";

  private final System.Logger log = System.getLogger(NAME);

  @Override
  public void answered(Answered answered) {
    if (!log.isLoggable(INFO)) {
      return;
    }
    long took_ms = answered.took().toMillis();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("method", answered.method());
    fields.put("route", answered.path());
    fields.put("status", answered.status());
    fields.put("took_ms", took_ms);
    String problem = answered.problem();
    if (problem != null) {
      fields.put("problem", problem);
    }
    String line =
        answered.method() + " " + answered.path() + " " + answered.status() + " " + took_ms + " ms";
    log.log(INFO, problem == null ? line : line + " " + problem, fields);
  }
}
