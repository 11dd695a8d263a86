package parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What runs at the edge, run by Node.js.
class EdgeTest {
  @ParameterizedTest
  @CsvSource({
    "/, /index.html",
    "/c/c-abc, /index.html",
    "/settings, /index.html",
    "/nothing/here/, /index.html",
    "/index.html, /index.html",
    "/assets/index-BGDbTKHh.js, /assets/index-BGDbTKHh.js",
    "/sw.js, /sw.js",
    "/manifest.webmanifest, /manifest.webmanifest",
  })
  void screensGetThePageAndFilesThemselves(String asked, String got) throws Exception {
    assertThat(run("pages.js", asked).path("uri").asString()).isEqualTo(got);
  }

  @Test
  void whoIsConnectedIsSaidOverWhateverTheyClaim() throws Exception {
    JsonNode request = run("requests.js", "/api/conversations");
    assertThat(request.path("uri").asString()).isEqualTo("/api/conversations");
    assertThat(request.path("headers").path("x-parley-viewer").path("value").asString())
        .isEqualTo("192.0.2.7");
  }

  @Test
  void connectionsForEventsGoToTheGatewaysOneAddress() throws Exception {
    JsonNode request = run("events.js", "/api/events");
    assertThat(request.path("uri").asString()).isEqualTo("/");
    assertThat(request.path("headers").path("x-parley-viewer").path("value").asString())
        .isEqualTo("192.0.2.7");
  }

  /// What the function makes of a request that claims to come from elsewhere.
  private static JsonNode run(String file, String uri) throws IOException, InterruptedException {
    String event =
        """
        {"viewer": {"ip": "192.0.2.7"}, "request": {"method": "GET", "uri": "%s",
         "headers": {"x-parley-viewer": {"value": "203.0.113.1"}}}}\
        """
            .formatted(uri);
    String program =
        Site.code(file) + ";console.log(JSON.stringify(handler(JSON.parse(process.argv[1]))))";
    Process node = new ProcessBuilder("node", "-e", program, event).start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).isZero();
    return JsonMapper.shared().readTree(said);
  }
}
