package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `--help` says, kept as files so that a change shows in the diff.
@Tag("golden")
class HelpTest {
  private static final Path KEPT = Path.of("src/test/resources/help");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parley",
        "serve",
        "seed",
        "rebuild",
        "backup",
        "table",
        "table create",
        "table drop",
        "table status",
        "table list",
        "table scan",
        "table query",
        "table get",
        "table patterns",
        "table pattern",
        "table audit",
        "table seed",
        "table export",
        "table import",
        "table cost",
        "table model",
        "table watch",
        "table serve",
        "operator",
        "operator token create",
        "operator token list",
        "operator token revoke",
        "operator audit",
        "table compact",
        "user create",
        "user rename",
        "user disable",
        "user enable",
        "user reset-password",
        "user gone",
        "user relink",
        "user export",
        "user erase",
        "user erasures",
        "user verify-erasure",
        "completion"
      })
  void helpIsAsItWas(String command) throws IOException {
    String words = command.equals("parley") ? "--help" : command + " --help";
    Spoken spoken = Spoken.by(words.split(" ", -1));
    Path file = KEPT.resolve(command.replace(' ', '-') + ".txt");
    if (Boolean.getBoolean("parley.fix")) {
      Files.createDirectories(KEPT);
      Files.writeString(file, spoken.isDone().out());
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "(there is no such file)")
        .as(file + " is stale: run ./parley fix, and look at what changed")
        .isEqualTo(spoken.isDone().out());
    assertThat(spoken.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(97));
  }
}
