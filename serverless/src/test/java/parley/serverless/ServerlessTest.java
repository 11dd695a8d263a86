package parley.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The program, as somebody starts and stops it.
@Tag("serverless")
class ServerlessTest {
  /// What shells say of a program that SIGTERM ended.
  private static final int TERMINATED = 143;

  private static Process started(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Serverless.class.getName());
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Java would say first that it found them.
    builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return builder.start();
  }

  @Test
  void itSaysWhereItIsAndLeavesNothingBehind() throws Exception {
    Process program =
        started(
            "--memory",
            "--demo",
            "--port",
            "0",
            "--template",
            Clouds.TEMPLATE.toString(),
            "--packages",
            Clouds.PACKAGES.toString());
    try {
      String said = program.inputReader().readLine();
      assertThat(said).startsWith("Parley is at http://localhost:");
      URI ready = URI.create(said.substring("Parley is at ".length()) + "/health/ready");
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
      HttpResponse<String> config =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(ready.resolve("/api/config")).build(),
                  HttpResponse.BodyHandlers.ofString());
      // As with serve: who is there to be, without a password.
      assertThat(config.body()).contains("jonas", "mara", "demo");
      List<ProcessHandle> functions = program.descendants().toList();
      assertThat(functions).isNotEmpty();
      program.destroy();
      assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isEqualTo(TERMINATED);
      for (ProcessHandle function : functions) {
        function.onExit().get(60, TimeUnit.SECONDS);
      }
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void whatIsWrongIsSaidInASentence() throws Exception {
    assertThat(ended("--runtime", "python"))
        .isEqualTo("64 parley: --runtime is managed or custom; not python");
    assertThat(ended("--port", "65536"))
        .isEqualTo("64 parley: --port is a port, 0 to 65535; not 65536");
    assertThat(ended("--template", "/nowhere"))
        .startsWith("64 parley: --template is to be /nowhere");
  }

  private static String ended(String... options) throws Exception {
    Process program = started(options);
    String said = program.inputReader().readLine();
    assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return program.exitValue() + " " + said;
  }
}
