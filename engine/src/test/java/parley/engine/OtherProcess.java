package parley.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A second Java process with this class path, and what runs in it.
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final Path errors;

  private OtherProcess(Process process, Path errors) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.errors = errors;
  }

  static OtherProcess start(String... arguments) throws IOException {
    Path errors = Files.createTempFile("other-process", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName());
    builder.command().addAll(List.of(arguments));
    // Java's habit of announcing these variables on standard error is not what is tested.
    for (String said : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
      builder.environment().remove(said);
    }
    return new OtherProcess(builder.redirectError(errors.toFile()).start(), errors);
  }

  String nextLine() throws IOException {
    return String.valueOf(output.readLine());
  }

  String rest() {
    return String.join("\n", output.lines().toList());
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  long pid() {
    return process.pid();
  }

  /// Ends it as `kill -9` does, and waits until it has ended.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new AssertionError("the other process has not ended");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    kill();
    Files.deleteIfExists(errors);
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    Path folder = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "hold" -> {
        try (DataFolder held = DataFolder.open(folder)) {
          held.announce("url", "http://127.0.0.1:8080");
          held.announce("dynamodb-port", "8000");
          out.println("holding");
          out.println("let go at " + System.in.read());
        } catch (DataFolderInUse e) {
          out.println(e.getMessage());
        }
      }
      case "engine" -> {
        try (Engine engine = Engine.onDisk(DataFolder.open(folder));
            Gate gate = Gate.open(engine, 0)) {
          Fixtures.createTable(engine.client());
          Fixtures.put(engine.client(), Fixtures.note("a", "1", "first"));
          clumsyRequest(gate);
        }
        out.println("done");
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void clumsyRequest(Gate gate) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(gate.url()))
              .header("Authorization", "nonsense")
              .POST(HttpRequest.BodyPublishers.ofString("{"))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() < 400) {
        throw new AssertionError(answer);
      }
    }
  }
}
