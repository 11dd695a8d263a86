package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server logs of requests, in both formats, and that nothing secret is in it.
class AccessLogTest {
  private static final String MARKER = "qXmarkerXq";

  @TempDir Path folder;

  private static HttpResponse<String> send(HttpClient http, String method, String url, String body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer ps_" + MARKER)
            .header("X-Request-Id", "seen-here")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private List<String> logged(String... more) throws Exception {
    List<String> line =
        new java.util.ArrayList<>(
            List.of("serve", "--memory", "--port", "0", "--operator-port", "0"));
    line.addAll(List.of(more));
    try (Program server = Program.start(folder, Map.of(), line.toArray(String[]::new));
        HttpClient http = HttpClient.newHttpClient()) {
      String url = server.printed("Parley is at (http://localhost:\\d+)");
      String port = server.printed("Operators are answered at port (\\d+)");
      String secret = "{\"handle\":\"ann\",\"password\":\"" + MARKER + " and more\"}";
      send(http, "POST", url + "/api/sessions?token=" + MARKER, secret);
      send(http, "GET", url + "/api/conversations/" + MARKER + "/messages?before=" + MARKER, "");
      send(http, "GET", url + "/" + MARKER, "");
      send(http, MARKER, url + "/api/me", "");
      send(http, "PUT", "http://localhost:" + port + "/operator/passwords/" + MARKER, secret);
      server.terminate();
      assertThat(server.exitCode()).isZero();
      assertThat(server.err()).doesNotContainIgnoringCase(MARKER);
      return server.err().lines().toList();
    }
  }

  @Test
  void asObjectsEachRequestHasItsRouteAndItsStatus() throws Exception {
    List<JsonNode> lines =
        logged("--log-level", "info", "--log-format", "json").stream()
            .map(line -> JsonMapper.builder().build().readTree(line))
            .toList();
    assertThat(lines)
        .filteredOn(line -> line.path("logger").asString().equals("parley.access"))
        .hasSize(5)
        .allSatisfy(line -> {
          assertThat(line.path("request").asString()).isEqualTo("seen-here");
          assertThat(line.path("level").asString()).isEqualTo("INFO");
          assertThat(line.path("took_ms").isIntegralNumber()).isTrue();
        })
        .extracting(line ->
            line.path("method").asString()
                + " "
                + line.path("route").asString()
                + " "
                + line.path("status").asInt()
                + " "
                + line.path("problem").asString())
        .containsExactly(
            "POST /api/sessions 401 credentials_wrong",
            "GET /api/conversations/{id}/messages 401 token_invalid",
            "GET - 404 route_not_found",
            "OTHER - 405 method_not_allowed",
            "PUT /operator/passwords/{handle} 401 token_invalid");
  }

  @Test
  void asTextItIsTheSame() throws Exception {
    assertThat(logged("--log-level", "info", "--log-format", "text"))
        .filteredOn(line -> line.contains("parley.access"))
        .hasSize(5)
        .first()
        .satisfies(line ->
            assertThat(line)
                .matches(
                    "\\S+ INFO parley.access: seen-here POST /api/sessions 401 \\d+ ms"
                        + " credentials_wrong"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"warning", "error"})
  void itCanBeSwitchedOff(String level) throws Exception {
    assertThat(logged("--log-level", level)).isEmpty();
  }
}
