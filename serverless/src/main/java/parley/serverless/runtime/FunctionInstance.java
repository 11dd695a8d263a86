package parley.serverless.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A process that runs one function, one event at a time.
///
/// It has nothing of this program's environment: no credentials, no proxy. And it never outlives
/// this program, however that ends: a pipe between them closes with it, and whoever watches the
/// pipe kills the function.
final class FunctionInstance implements AutoCloseable {
  /// Becomes the function, and leaves a watcher behind. It holds none of the function's outputs, or
  /// they would not end with the function.
  private static final String WATCHED =
      "{ read -r _ || :; kill -KILL $$; } <&3 3<&- >/dev/null 2>&1 & exec \"$@\" 3<&- </dev/null";

  private static final Pattern MOST_MEMORY = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private final FunctionSettings function;
  private final RuntimeApi api;
  private final Process process;
  private final InstantSource clock;
  private final long started_ns = System.nanoTime();
  private @Nullable Duration init;

  private FunctionInstance(
      FunctionSettings function, RuntimeApi api, Process process, InstantSource clock) {
    this.function = function;
    this.api = api;
    this.process = process;
    this.clock = clock;
  }

  static FunctionInstance start(
      FunctionSettings function,
      FunctionPackage code,
      String region,
      FunctionLog log,
      InstantSource clock) {
    RuntimeApi api =
        new RuntimeApi("arn:aws:lambda:" + region + ":000000000000:function:" + function.name());
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec 3<&0; " + WATCHED, "sh"));
    command.addAll(code.command(function));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(code.folder().toFile());
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    environment.clear();
    environment.put("PATH", path);
    environment.putAll(lambda(function, code, region, api.address()));
    environment.putAll(function.environment());
    try {
      Process process = builder.start();
      Thread.ofVirtual()
          .name("log-" + process.pid())
          .start(() -> log.copy(process.getInputStream()));
      FunctionInstance instance = new FunctionInstance(function, api, process, clock);
      var _ =
          process.onExit().thenAccept(ended -> api.abandon(new Outcome.Crashed(ended.exitValue())));
      return instance;
    } catch (IOException e) {
      api.close();
      throw new UncheckedIOException("function " + function.name() + " cannot be started", e);
    }
  }

  /// What AWS Lambda tells every function.
  private static Map<String, String> lambda(
      FunctionSettings function, FunctionPackage code, String region, String api) {
    return Map.ofEntries(
        Map.entry("AWS_LAMBDA_RUNTIME_API", api),
        Map.entry("_HANDLER", function.handler()),
        Map.entry("LAMBDA_TASK_ROOT", code.folder().toString()),
        Map.entry("LAMBDA_RUNTIME_DIR", code.folder().toString()),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", function.name()),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memory_mb())),
        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name()),
        Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "local"),
        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        Map.entry("AWS_REGION", region),
        Map.entry("AWS_DEFAULT_REGION", region),
        // Whoever checks credentials here takes any.
        Map.entry("AWS_ACCESS_KEY_ID", "local"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
        Map.entry("AWS_EC2_METADATA_DISABLED", "true"),
        Map.entry("HOME", code.folder().resolveSibling("nowhere").toString()),
        Map.entry("TZ", ":UTC"),
        Map.entry("LANG", "en_US.UTF-8"),
        Map.entry("JAVA_HOME", System.getProperty("java.home")),
        Map.entry("AWS_EXECUTION_ENV", code.executionEnvironment()));
  }

  /// Waits until it asks for its first event. Null when it does, else what went wrong; it is of no
  /// use then.
  @Nullable Outcome awaitInit() throws InterruptedException {
    try {
      Outcome wrong = api.initialised().get(RuntimeBounds.INIT.toMillis(), TimeUnit.MILLISECONDS);
      init = Duration.ofNanos(System.nanoTime() - started_ns);
      return wrong;
    } catch (TimeoutException e) {
      return new Outcome.TimedOut(RuntimeBounds.INIT);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// How long it took from its start until it asked for its first event.
  Duration init() {
    return init == null ? Duration.ZERO : init;
  }

  /// Gives it one event and waits for what becomes of it, for as long as the function may take.
  Outcome invoke(Invocation invocation) throws InterruptedException {
    api.give(invocation);
    if (!process.isAlive()) {
      api.abandon(new Outcome.Crashed(process.exitValue()));
    }
    try {
      return invocation.outcome().get(function.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Outcome.TimedOut(function.timeout());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /// An event with the time until when this function may work on it.
  Invocation invocation(String event) {
    return Invocation.of(event, clock.millis() + function.timeout().toMillis());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /// The most memory that it ever had, in MB; 0 where the system does not tell.
  long mostMemory_mb() {
    try {
      Path status = Path.of("/proc", Long.toString(process.pid()), "status");
      Matcher found = MOST_MEMORY.matcher(Files.readString(status));
      return found.find() ? Long.parseLong(found.group(1)) / 1024 : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /// Ends it as AWS Lambda ends an instance that it no longer needs: without a word.
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(RuntimeBounds.END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
  }
}
