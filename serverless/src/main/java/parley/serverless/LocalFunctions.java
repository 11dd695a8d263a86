package parley.serverless;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import parley.host.Variables;
import parley.serverless.runtime.FunctionPackage;
import parley.serverless.runtime.FunctionSettings;
import parley.serverless.runtime.LocalFunction;
import parley.serverless.runtime.Outcome;
import parley.serverless.template.Template.Resource;

/// The functions of a template. One is made when it is first needed: by then it can be told where
/// everything is.
final class LocalFunctions implements AutoCloseable {
  /// Instances of one function. Each is a process, and this machine has few processors.
  private static final int INSTANCES_MIN = 2;

  /// What a function says of itself where its template does not: AWS Lambda's own values.
  private static final int MEMORY_MB = 128;

  private static final int TIMEOUT_S = 3;

  /// What is told of things that are not here: Secrets Manager (secrets themselves are told
  /// instead), and a distribution, with a name of its own and a key that it proves itself with.
  /// Pages are own if they come from this machine.
  private static final Set<String> NOT_HERE =
      Set.of(
          Variables.SECRET_ARN,
          Variables.OIDC_SECRET_ARN,
          Variables.PUBLIC_URL,
          Variables.EDGE_KEY);

  private final FunctionPackage code;
  private final String region;
  private final Path logs;
  private final InstantSource clock;
  private final Map<String, String> told = new HashMap<>();
  private final Map<String, LocalFunction> made = new TreeMap<>();

  LocalFunctions(FunctionPackage code, String region, Path logs, InstantSource clock) {
    this.code = code;
    this.region = region;
    this.logs = logs;
    this.clock = clock;
  }

  /// What every function finds in its environment, whatever its template says.
  synchronized void tell(Map<String, String> environment) {
    told.putAll(environment);
  }

  Outcome invoke(Resource function, String event) throws InterruptedException {
    return of(function).invoke(event);
  }

  synchronized LocalFunction of(Resource function) {
    return made.computeIfAbsent(
        function.id(), _ -> new LocalFunction(settings(function), code, region, logs, clock));
  }

  /// Those that were needed so far.
  synchronized List<LocalFunction> all() {
    return List.copyOf(made.values());
  }

  private FunctionSettings settings(Resource function) {
    Map<String, String> environment = new HashMap<>();
    function
        .at("Environment.Variables")
        .propertyStream()
        .filter(each -> !NOT_HERE.contains(each.getKey()))
        .forEach(each -> environment.put(each.getKey(), each.getValue().asString("")));
    environment.putAll(told);
    String handler = function.required("Handler");
    String type = handler.split("::", -1)[0];
    return new FunctionSettings(
        type.substring(type.lastIndexOf('.') + 1),
        handler,
        function.number("MemorySize", MEMORY_MB),
        Duration.ofSeconds(function.number("Timeout", TIMEOUT_S)),
        function.number(
            "ReservedConcurrentExecutions",
            Math.max(INSTANCES_MIN, Runtime.getRuntime().availableProcessors())),
        environment);
  }

  @Override
  public synchronized void close() {
    made.values().forEach(LocalFunction::close);
  }
}
