package parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messaging.account.Account;
import parley.messaging.conversation.ConversationId;

/// The pages as Lighthouse sees them: whether everybody can use them, and whether they are built as
/// pages should be. How fast they are depends on the machine, and is measured in the benchmark.
class LighthouseTest {
  private static final Path FOLDER = Path.of("src", "test", "lighthouse");
  private static final int SCORE_MIN = 95;
  private static final int MINUTES_MAX = 10;

  @TempDir private Path folder;

  @Test
  void everyPageIsAccessibleAndWellBuilt() throws Exception {
    try (Site site = Site.open()) {
      Account ann = site.account("ann", "Ann");
      Account ben = site.account("ben", "Ben");
      ConversationId id = site.between(ann, ben);
      for (int i = 1; i <= 30; i++) {
        site.wrote(i % 3 == 0 ? ann : ben, id, "Line " + i);
      }
      Map<String, Object> wanted =
          Map.of(
              "chromium",
              Chromium.program().toString(),
              "origin",
              site.url(),
              "pages",
              List.of(
                  Map.of("path", "/", "device", "phone", "signedIn", false),
                  Map.of("path", "/", "device", "desk"),
                  Map.of("path", "/c/" + id.value(), "device", "phone")),
              "runs",
              1,
              "categories",
              List.of("accessibility", "best-practices"),
              "handle",
              "ann",
              "password",
              Site.PASSWORD);
      JsonArray pages = JsonParser.parseString(audited(new Gson().toJson(wanted))).getAsJsonArray();
      assertThat(pages).hasSize(3);
      for (JsonElement page : pages) {
        var scores = page.getAsJsonObject().getAsJsonObject("scores");
        assertThat(scores.keySet()).containsExactlyInAnyOrder("accessibility", "best-practices");
        assertThat(scores.entrySet())
            .as(page.toString())
            .allSatisfy(score ->
                assertThat(score.getValue().getAsJsonArray().get(0).getAsInt())
                    .isGreaterThanOrEqualTo(SCORE_MIN));
      }
    }
  }

  private String audited(String wanted) throws Exception {
    assertThat(FOLDER.resolve("node_modules"))
        .as("Lighthouse is installed by ./parley check, or by 'npm ci' in " + FOLDER)
        .exists();
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process node =
        new ProcessBuilder("node", "audit.js", wanted)
            .directory(FOLDER.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(node.waitFor(MINUTES_MAX, TimeUnit.MINUTES))
          .as("Lighthouse ends in time")
          .isTrue();
    } finally {
      node.destroy();
    }
    assertThat(node.exitValue()).as(Files.readString(err, StandardCharsets.UTF_8)).isZero();
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
