package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where options come from, and what is said of wrong ones.
class OptionsTest {
  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("options"), content);
  }

  private static Object value(String option, Map<String, String> environment, String... args) {
    return Parley.program(environment, args)
        .parseArgs(args)
        .subcommand()
        .commandSpec()
        .findOption(option)
        .getValue();
  }

  @Test
  void theCommandLineComesFirstThenTheEnvironmentThenTheFile() throws IOException {
    String file = file("port=1111\ndynamodb-port=2222\n").toString();
    Map<String, String> environment = Map.of("PARLEY_PORT", "3333", "PARLEY_DYNAMODB_PORT", "4444");
    String[] plain = {"serve", "--config", file};
    assertThat(value("--port", Map.of(), "serve")).isEqualTo(8080);
    assertThat(value("--port", Map.of(), plain)).isEqualTo(1111);
    assertThat(value("--dynamodb-port", Map.of(), plain)).isEqualTo(2222);
    assertThat(value("--port", environment, plain)).isEqualTo(3333);
    assertThat(value("--dynamodb-port", environment, plain)).isEqualTo(4444);
    assertThat(value("--port", environment, "serve", "--config=" + file, "--port", "5555"))
        .isEqualTo(5555);
    assertThat(value("--port", Map.of("PARLEY_CONFIG", file), "serve")).isEqualTo(1111);
    assertThat(value("--memory", Map.of("PARLEY_MEMORY", "true"), "serve")).isEqualTo(true);
    assertThat(value("--memory", Map.of(), "serve")).isEqualTo(false);
  }

  @Test
  void anErasureWaitsForThirtyDaysAtMost() {
    String data = folder.resolve("data").toString();
    for (String never : List.of("31", "-1")) {
      Spoken.by("serve", "--erasure-grace", never, "--data", data)
          .isMisuse("--erasure-grace is 0 to 30 days; not " + never);
    }
    for (String never : List.of("3661", "-1")) {
      Spoken.by("serve", "--backup-days", never, "--data", data)
          .isMisuse("--backup-days is 0 to 3660 days; not " + never);
    }
    for (String days : List.of("0", "30")) {
      Spoken.by("user", "erase", "nobody_here", "--erasure-grace", days, "--data", data)
          .isRefused("Nobody has the handle nobody_here");
    }
  }

  @Test
  void theFileIsForAllCommandsAndEachTakesItsOwn() throws IOException {
    String file = file("port=1111\ntable=others\nurl=http://there\n").toString();
    assertThat(value("--table", Map.of(), "rebuild", "--config", file)).isEqualTo("others");
    assertThat(value("--url", Map.of(), "seed", "x", "--config", file)).isEqualTo("http://there");
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    String missing = folder.resolve("missing").toString();
    Spoken.by("serve", "--config", missing).isMisuse("There is no file " + missing);
    Spoken.by("serve", "--config=" + missing).isMisuse("There is no file " + missing);
    Spoken.by(Map.of("PARLEY_CONFIG", missing), "serve").isMisuse("There is no file " + missing);
  }

  @Test
  void aMisspeltNameInTheFileIsTold() throws IOException {
    Spoken.by("serve", "--config", file("prot=80\n").toString())
        .isMisuse("a line for prot", "no such option", "port");
    Spoken.by("serve", "--config", file("help=true\n").toString()).isMisuse("no such option");
    Spoken.by("serve", "--config", file("port=\\u00zz\n").toString()).isMisuse("cannot be read");
  }

  /// Kubernetes does so for a service that is called parley.
  @Test
  void aServiceLinkInTheEnvironmentIsNotAnOption() throws IOException {
    Map<String, String> environment = Map.of("PARLEY_PORT", "tcp://10.0.0.1:8080");
    assertThat(value("--port", environment, "serve")).isEqualTo(8080);
    String file = file("port=1111\n").toString();
    assertThat(value("--port", environment, "serve", "--config", file)).isEqualTo(1111);
    Spoken.by(Map.of("PARLEY_PORT", "tcp"), "serve").isMisuse("--port");
  }

  @Test
  void aVersionInTheEnvironmentIsNotAnOption() {
    Map<String, String> environment = Map.of("PARLEY_VERSION", "0.1.0", "PARLEY_HELP", "please");
    assertThat(value("--port", environment, "serve")).isEqualTo(8080);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --bogus",
        "serve extra",
        "serve --port abc",
        "serve --port",
        "serve --port 65536",
        "serve --port -1",
        "serve --dynamodb-port 65536",
        "seed",
        "seed a b",
        "bogus",
        "serv",
        "serve --memory --endpoint http://localhost:8000",
        "serve --memory --region eu-west-1",
        "serve --endpoint localhost:8000",
        "serve --endpoint ftp://localhost",
        "serve --endpoint http://localhost:1 --dynamodb-port 0",
        "serve --demo --endpoint http://localhost:1",
        "serve --demo --host 0.0.0.0",
        "serve --table a",
        "serve --table with/slash",
        "serve --capacity 5",
        "serve --capacity 0/5",
        "serve --capacity 5/0",
        "serve --capacity a/b",
        "serve --capacity 5/5/5",
        "serve --public-url nowhere",
        "serve --cors-origin https://a.example/path",
        "serve --trusted-proxies everybody",
        "serve --rate-limits maybe",
        "serve --create-table maybe",
        "serve --operator-port 65536",
        "serve --operator-port maybe",
        "serve --stop-delay 61",
        "serve --stop-delay -1",
        "serve --log-format xml",
        "serve --log-level loud",
        "operator",
        "operator token",
        "operator token create",
        "operator token create --name a --scope everything",
        "operator token create --name a --scope operators",
        "operator token create --name /a --scope metrics",
        "operator token create --name a --scope metrics --expires 367d",
        "operator token create --name a --scope metrics --expires soon",
        "operator token revoke o-short",
        "operator token list --memory",
        "operator audit --before yesterday",
        "user reset-password !!",
        "user reset-password ann",
        "user create --issuer https://id.example.com",
        "user create --issuer id --subject s",
        "user disable !!",
        "user rename ann",
        "user rename ann --handle !!",
        "user rename !! --name Ann",
        "user gone --subject s",
        "user gone --issuer id --subject s",
        "user enable",
        "user relink ann --issuer https://id.example.com",
        "user relink ann --issuer id --subject s",
        "user relink ann --issuer https://id.example.com --subject é",
        "backup --memory to",
        "backup --endpoint http://localhost:1 to",
        "seed --memory file",
        "rebuild --memory"
      })
  void aWrongCommandLineIsASentenceAndItsCode(String line) {
    Spoken spoken = Spoken.by(line.split(" ", -1)).isMisuse();
    assertThat(spoken.err().lines().count()).as(spoken.err()).isLessThan(14);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --bogus | Unknown option: '--bogus' | Usage: parley serve",
        "serve --port abc | --port | not a whole number",
        "serve --memory --endpoint http://a | --memory is the embedded DynamoDB | one or the other",
        "serve --capacity 0/5 | --capacity is READ/WRITE | not 0/5",
        "serve --table a | --table is 3 to 255 | not a",
        "serv | 'serv' | Did you mean: parley serve",
        "seed --memory x | --memory forgets | parley serve --memory --demo"
      })
  void theSentenceSaysWhatIsWrong(String line, String part, String other) {
    Spoken.by(line.split(" ", -1)).isMisuse(part, other);
  }

  @Test
  void aSecretMustBeOne() throws IOException {
    Path file = file("dG9vIHNob3J0");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    String shortOne = file.toString();
    Spoken.by("serve", "--endpoint", "http://localhost:1", "--secret-file", shortOne)
        .isRefused("no base64 of at least 32 bytes", "openssl rand -base64 32");
    String none = folder.resolve("none").toString();
    Spoken.by("serve", "--secret-file", none).isRefused(none, "cannot be read");
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    Spoken spoken = Spoken.by();
    assertThat(spoken.code()).isEqualTo(64);
    assertThat(spoken.err()).contains("serve", "seed", "rebuild", "help");
    assertThat(Spoken.by("--version").isDone().out()).startsWith("parley ");
    assertThat(Spoken.by("help", "serve").isDone().out())
        .isEqualTo(Spoken.by("serve", "--help").isDone().out());
    Spoken.by("help", "bogus").isMisuse("bogus");
  }
}
