package parley.lambda;

import java.util.Map;
import parley.api.Observer;
import parley.lambda.Metrics.Line;
import parley.lambda.Metrics.Unit;
import parley.messaging.CacheUse;

/// One line for each request. Its route is no dimension: each would be a metric that costs money,
/// and the log can be asked for it.
record RequestLines(Assembly assembly, String function) implements Observer {
  @Override
  public void answered(Answered answered) {
    Line line =
        new Line()
            .dimension("Function", function)
            .metric("Latency", Unit.MILLISECONDS, answered.took().toNanos() / 1e6)
            .metric("Faults", Unit.COUNT, answered.status() >= 500 ? 1 : 0)
            .property("method", answered.method())
            .property("route", answered.path())
            .property("status", answered.status())
            .property("requestId", answered.requestId());
    if (answered.problem() != null) {
      line.property("problem", answered.problem());
    }
    if (answered.exhausted() != null) {
      line.property("exhausted", answered.exhausted());
    }
    shared(line, assembly);
    CacheUse own = assembly.services().accounts().use();
    line.property("memory", Map.of("hits", (double) own.hits(), "misses", (double) own.misses()));
    assembly.metrics().write(line.property("units", assembly.units().drain()));
  }

  /// What the shared cache was worth, on the line of whoever asked it.
  static void shared(Line line, Assembly assembly) {
    if (assembly.shared() instanceof SharedPeople people) {
      SharedPeople.Use use = people.drain();
      line.metric("CacheHits", Unit.COUNT, (double) use.hits())
          .metric("CacheMisses", Unit.COUNT, (double) use.misses())
          .metric("CacheFailures", Unit.COUNT, (double) use.failures());
    }
  }
}
