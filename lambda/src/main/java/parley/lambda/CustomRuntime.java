package parley.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a package runs that brings its own Java: it makes the function, and hands it one event
/// after the other.
///
/// Lambda's own interface client does the same and more, and loads three times as much before the
/// first event.
public final class CustomRuntime {
  private final RuntimeApi api;
  private final Map<String, String> environment;
  private final InstantSource clock;

  CustomRuntime(RuntimeApi api, Map<String, String> environment, InstantSource clock) {
    this.api = api;
    this.environment = environment;
    this.clock = clock;
  }

  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    RuntimeApi api = new RuntimeApi(environment.getOrDefault("AWS_LAMBDA_RUNTIME_API", ""));
    // Whatever ends it ends the process: Lambda starts another.
    System.exit(new CustomRuntime(api, environment, InstantSource.system()).run());
  }

  /// Goes on until there are no more events; the process's exit code.
  int run() {
    RequestStreamHandler function;
    try {
      function = function(environment.getOrDefault("_HANDLER", ""));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      print(e);
      api.failedToStart(e);
      return 1;
    }
    try {
      for (RuntimeApi.Event event = api.next(); event != null; event = api.next()) {
        handle(function, event);
      }
      return 0;
    } catch (IOException e) {
      print(e);
      return 1;
    }
  }

  private void handle(RequestStreamHandler function, RuntimeApi.Event event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      function.handleRequest(
          event.body(), answer, new InvocationContext(event, environment, clock));
    } catch (IOException | RuntimeException | LinkageError e) {
      print(e);
      api.failed(event, e);
      return;
    }
    api.answered(event, answer);
  }

  /// The function that a handler such as `parley.lambda.HttpFunction::handleRequest` names.
  private static RequestStreamHandler function(String handler) throws ReflectiveOperationException {
    int method = handler.indexOf("::");
    String name = method < 0 ? handler : handler.substring(0, method);
    return Class.forName(name)
        .asSubclass(RequestStreamHandler.class)
        .getDeclaredConstructor()
        .newInstance();
  }

  private static void print(Throwable fault) {
    for (@Nullable Throwable at = fault; at != null; at = at.getCause()) {
      System.err.println(at);
      for (StackTraceElement frame : at.getStackTrace()) {
        System.err.println("  at " + frame);
      }
    }
  }
}
