package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that carries an erasure out is killed as `kill -9` does, again and again, and started
/// again on the same data folder: the erasure comes to its end all the same.
class ErasureKilledTest {
  private static final int KILLS = 8;
  private static final int AFTER_MILLIS = 500;

  /// More than the minute for which whoever was killed holds on to its piece.
  private static final Duration BETWEEN = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final Random random = new Random(20);
  private Duration ahead = Duration.ZERO;

  private String data() {
    return folder.resolve("data").toString();
  }

  private Program serving(String... more) throws Exception {
    String[] args = {"serve", "--port", "0", "--operator-port", "0", "--data", data()};
    String[] all = new String[args.length + more.length];
    System.arraycopy(args, 0, all, 0, args.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Program.start(
        folder, Map.of("JAVA_TOOL_OPTIONS", "-D" + ShiftedClock.PROPERTY + "=" + ahead), all);
  }

  private static String url(Program server) throws Exception {
    return server.printed("Parley is at (http://localhost:\\d+)");
  }

  /// Starts a server, later than the last one, and kills it soon after it is there.
  private void killSoon() throws Exception {
    ahead = ahead.plus(BETWEEN);
    try (Program server = serving()) {
      url(server);
      Thread.sleep(random.nextInt(AFTER_MILLIS));
      server.kill();
    }
  }

  private static JsonNode claim(String url, String code) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + "/api/erasures"))
                  .timeout(Duration.ofSeconds(20))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"" + code + "\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JsonMapper.builder().build().readTree(answer.body());
    }
  }

  /// Lets a server work until the erasure is at this state.
  private JsonNode work(String code, String state) throws Exception {
    ahead = ahead.plus(BETWEEN);
    try (Program server = serving()) {
      String url = url(server);
      Instant end = Instant.now().plusSeconds(90);
      while (true) {
        JsonNode now = claim(url, code);
        if (now.path("state").asString().equals(state)) {
          return now;
        }
        assertThat(Instant.now()).as("it is at " + now + ", not " + state).isBefore(end);
        // As often as one address may ask.
        Thread.sleep(3_100);
      }
    }
  }

  @Test
  void itEndsHoweverOftenItIsKilled() throws Exception {
    String code;
    try (Program server = serving("--demo")) {
      url(server);
      server.printed("Sign in as Jonas");
      Spoken erase = Spoken.by("user", "erase", "mara", "--now", "--data", data());
      assertThat(erase.code()).as(erase.err()).isZero();
      code = erase.out().strip();
      server.kill();
    }
    for (int kill = 0; kill < KILLS; kill++) {
      killSoon();
    }
    work(code, "last_sweep");
    ahead = ahead.plus(Duration.ofHours(24));
    for (int kill = 0; kill < KILLS / 4; kill++) {
      killSoon();
    }
    JsonNode done = work(code, "done");
    Path receipt = Files.writeString(folder.resolve("receipt"), done.path("receipt").asString());
    Spoken verified = Spoken.by("user", "verify-erasure", receipt.toString(), "--data", data());
    assertThat(verified.out()).contains("The receipt is genuine, and nothing of the account");
    assertThat(verified.code()).isZero();
    assertThat(Spoken.by("rebuild", "--data", data()).isDone().out()).contains("0 differences");
  }
}
