package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.server.Deployment;
import parley.server.Listen;
import parley.server.ParleyServer;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.TableAdmin.Capacity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/// The README's five minutes with curl, run as they stand there.
class ReadmeTourTest {
  private static final Pattern TOUR =
      Pattern.compile("<!-- tour -->\\s*```bash\n(.*?)\n```", Pattern.DOTALL);

  /// In which the row follows the log; on a busy machine it may be a long one.
  private static final String MOMENT = "\nsleep 1\n";

  private static final String UNTIL_IT_IS_THERE =
      """

      for wait in $(seq 240); do
        case $(curl -s $api/conversations -H "Authorization: Bearer $ben") in
          *awake*) break ;;
        esac
        sleep 0.5
      done
      """;

  @TempDir Path folder;

  private static String tour(String url) throws Exception {
    Matcher found = TOUR.matcher(Files.readString(Path.of("../README.md")));
    assertThat(found.find()).as("README.md has a block after <!-- tour -->").isTrue();
    assertThat(found.group(1)).contains("http://localhost:8080").containsOnlyOnce(MOMENT);
    return found.group(1).replace("http://localhost:8080", url).replace(MOMENT, UNTIL_IT_IS_THERE);
  }

  @Test
  void everyStepDoesWhatItSays() throws Exception {
    Settings settings =
        new Settings(new Storage.InMemory(), "parley", new Capacity.OnDemand(), null);
    try (Deployment deployment = Deployment.open(settings);
        ParleyServer server =
            ParleyServer.start(
                deployment,
                new Listen("127.0.0.1", 0, OptionalInt.empty()),
                InstantSource.system());
        Program bash = Program.bash(folder, tour("http://localhost:" + server.port()))) {
      assertThat(bash.exitCode()).as(bash.out() + bash.err()).isZero();
      List<JsonNode> answers;
      try (MappingIterator<JsonNode> all =
          JsonMapper.builder().build().readerFor(JsonNode.class).readValues(bash.out())) {
        answers = all.readAll();
      }
      assertThat(answers).as(bash.out()).hasSize(7);

      JsonNode found = answers.get(0);
      assertThat(found.at("/items/0/handle").asString()).isEqualTo("ben");

      JsonNode sent = answers.get(1);
      assertThat(sent.path("seq").asInt()).isEqualTo(1);
      assertThat(sent.path("text").asString()).isEqualTo("Are you awake?");
      assertThat(answers.get(2)).as("sent again").isEqualTo(sent);

      JsonNode inbox = answers.get(3);
      assertThat(inbox.path("items")).hasSize(1);
      assertThat(inbox.at("/items/0/unread").asInt()).isEqualTo(1);
      assertThat(inbox.at("/items/0/last/text").asString()).isEqualTo("Are you awake?");
      assertThat(inbox.at("/items/0/participants/0/handle").asString()).isEqualTo("ann");

      JsonNode history = answers.get(4);
      assertThat(history.path("items")).hasSize(1);
      assertThat(history.at("/items/0/text").asString()).isEqualTo("Are you awake?");

      assertThat(answers.get(5).path("readSeq").asInt()).isEqualTo(1);
      assertThat(answers.get(5).path("unread").asInt()).isZero();

      assertThat(answers.get(6).path("status").asInt()).isEqualTo(404);
      assertThat(answers.get(6).path("code").asString()).isEqualTo("conversation_not_found");
    }
  }
}
