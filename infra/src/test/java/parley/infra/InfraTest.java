package parley.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The command line.
class InfraTest {
  private record Said(int code, String out, String err) {}

  private static Said say(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int code = Infra.run(args);
      return new Said(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }

  @Test
  void aPackageIsNamedByItsContent(@TempDir Path folder) throws IOException {
    Path packaged = folder.resolve("functions.zip");
    Files.writeString(packaged, "a package");
    Said said =
        say("synth", "--out", folder.resolve("out").toString(), "--package", packaged.toString());
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .isEqualTo(
            "template=%s%ncode=functions-c0cd5ccfdb563a59.zip%n"
                .formatted(folder.resolve("out/Parley.template.json")));
    assertThat(Files.readString(folder.resolve("out/Parley.template.json")))
        .contains("functions-c0cd5ccfdb563a59.zip");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--log-days 2 | 64 | Logs are kept for 1, 3, 5",
        "--window 301 | 64 | The stream waits 0 to 300 seconds for a batch to fill; not 301.",
        "--window -1 | 64 | The stream waits 0 to 300 seconds",
        "--erasure-grace 31 | 64 | An erasure can be taken back for 0 to 30 days; not 31.",
        "--erasure-grace -1 | 64 | An erasure can be taken back for 0 to 30 days; not -1.",
        "--backup-days 34 | 64 | Backups are kept for 35 (the table's own) to 3660 days; not 34.",
        "--retention-days 3651 | 64 | Messages are kept for 1 to 3650 days, or 0 for ever; not 3651.",
        "--retention-days -1 | 64 | Messages are kept for 1 to 3650 days",
        "--backup-days 3661 | 64 | Backups are kept for 35",
        "--capacity 0/5 | 64 | capacity is at least 1/1",
        "--capacity 200/5 | 64 | The most capacity (100/100) is less than what is always there (200/5)",
        "--capacity-max on-demand | 64 | --capacity-max is READ/WRITE",
        "--sign-in somewhere | 64 | --sign-in is one of own, cognito, oidc; not somewhere.",
        "--runtime java | 64 | --runtime is one of managed, custom; not java.",
        "--domain Chat.example.com | 64 | A domain is a name such as chat.example.com",
        "--package nowhere.zip | 65 | The package nowhere.zip cannot be read: build it first",
        "--nothing | 64 | Unknown option",
      })
  void whatIsWrongIsSaidInASentence(String options, int code, String sentence) {
    Said said = say(("synth " + options).split(" ", -1));
    assertThat(said.code()).isEqualTo(code);
    assertThat(said.err()).startsWith("infra: ").contains(sentence);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void theEdgesOfWhatCanBeChosenAreTaken() {
    for (int days : new int[] {1, 545}) {
      assertThat(Functions.retention(days)).isNotNull();
    }
    assertThat(Choices.LOG_DAYS)
        .allSatisfy(days -> assertThat(Functions.retention(days)).isNotNull());
  }
}
