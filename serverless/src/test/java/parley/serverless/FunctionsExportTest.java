package parley.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import parley.server.Caller;
import tools.jackson.databind.JsonNode;

/// People take with them what is held of them, where no server of ours runs: by the packages, the
/// template's schedule, table and gateway.
@Tag("serverless")
class FunctionsExportTest {
  private static final Duration WRITTEN = Duration.ofMinutes(5);

  @Test
  void anArchiveThatIsAskedForThroughTheFrontIsFetchedThere() throws Exception {
    try (LocalCloud cloud = Clouds.start();
        HttpClient browser = HttpClient.newHttpClient()) {
      Caller nobody = Caller.nobody(cloud.port());
      Caller mara = nobody.newPerson("mara");
      nobody.newPerson("ben");
      String talk = mara.conversationWith("ben");
      mara.write(talk, "this comes along");
      String link =
          mara.post("/api/me/export", Map.of("password", Caller.password("mara")))
              .is(201)
              .at("/link");
      URI archive = URI.create("http://127.0.0.1:" + cloud.port() + link);
      // The clock calls for it.
      long until = System.nanoTime() + WRITTEN.toNanos();
      String state = status(mara).path("state").asString();
      while (!state.equals("ready") && System.nanoTime() < until) {
        assertThat(state).isIn("waiting", "working");
        Thread.sleep(Duration.ofSeconds(2));
        state = status(mara).path("state").asString();
      }
      assertThat(status(mara).path("parts").asInt()).isOne();

      HttpResponse<byte[]> got =
          browser.send(
              HttpRequest.newBuilder(archive).timeout(Duration.ofMinutes(1)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(got.headers().firstValue("Content-Type")).contains("application/zip");
      Map<String, String> files = new TreeMap<>();
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(got.body()))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      assertThat(files).containsKeys("index.html", "account.json");
      assertThat(files.get("conversations/" + talk + "/0001.html")).contains("this comes along");
      assertThat(cloud.givenUp()).isEmpty();
    }
  }

  private static JsonNode status(Caller mara) {
    return mara.get("/api/me/export").is(200).json();
  }
}
