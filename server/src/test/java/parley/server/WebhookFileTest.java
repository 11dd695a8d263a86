package parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.server.webhook.EventKind;
import parley.server.webhook.WebhookBounds;
import parley.server.webhook.WebhookSettings;

/// The file in which an operator describes an endpoint.
class WebhookFileTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    Path secret = folder.resolve("hook.secret");
    if (!Files.exists(secret)) {
      Files.writeString(secret, SECRET + "\n");
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static String lines(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  @Test
  void whatIsLeftOutIsAsTheDocumentSays() throws IOException {
    WebhookSettings read =
        WebhookFile.read(
            file("hook.properties", lines("url=https://a.example/b", "secret-file=hook.secret")));
    assertThat(read.id()).isEqualTo("hook");
    assertThat(read.events()).containsExactlyInAnyOrder(EventKind.values());
    assertThat(read.text()).isFalse();
    assertThat(read.toString()).doesNotContain("example").doesNotContain("whsec");
    WebhookSettings other =
        WebhookFile.read(
            file(
                "other.properties",
                lines(
                    "url=https://a.example",
                    "secret-file=hook.secret",
                    "events=account.erased",
                    "text=on")));
    assertThat(other.events()).containsExactly(EventKind.ACCOUNT_ERASED);
    assertThat(other.text()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "url=http://a.example, https URL",
    "url=https://user:pass@a.example, https URL",
    "url=https://a.example/#b, https URL",
    "url=https:///b, https URL",
    "url=file:///etc/passwd, https URL",
    "url=, needs one",
    "secret-file=none.secret, cannot be read",
    "secret-file=, needs one",
    "events=message.read, message.sent",
    "events= , names none",
    "text=yes, on or off",
    "redirects=on, Those that there are",
  })
  void whatIsWrongIsSaid(String line, String sentence) throws IOException {
    List<String> lines =
        new ArrayList<>(List.of("url=https://a.example", "secret-file=hook.secret"));
    lines.removeIf(it -> it.startsWith(line.substring(0, line.indexOf('=') + 1)));
    lines.add(line);
    Path file = file("hook.properties", String.join("\n", lines));
    assertThatThrownBy(() -> WebhookFile.read(file))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("pass@");
  }

  @Test
  void theUrlIsBounded() throws IOException {
    String longest = "https://a.example/" + "b".repeat(WebhookBounds.URL_CHARS - 18);
    assertThat(
            WebhookFile.read(
                    file("hook.properties", lines("url=" + longest, "secret-file=hook.secret")))
                .url()
                .toString())
        .hasSize(WebhookBounds.URL_CHARS);
    Path longer = file("hook.properties", lines("url=" + longest + "b", "secret-file=hook.secret"));
    assertThatThrownBy(() -> WebhookFile.read(longer)).hasMessageContaining("https URL");
  }

  @Test
  void secretsAreFewGoodAndPrivate() throws IOException {
    Path file = file("hook.properties", lines("url=https://a.example", "secret-file=hook.secret"));
    Path secret = folder.resolve("hook.secret");
    Files.writeString(secret, (SECRET + "\n").repeat(WebhookBounds.SECRETS));
    assertThat(WebhookFile.read(file).secrets()).hasSize(WebhookBounds.SECRETS);
    Files.writeString(secret, (SECRET + "\n").repeat(WebhookBounds.SECRETS + 1));
    assertThatThrownBy(() -> WebhookFile.read(file)).hasMessageContaining("1 to 4");
    Files.writeString(secret, "\n");
    assertThatThrownBy(() -> WebhookFile.read(file)).hasMessageContaining("1 to 4");
    Files.writeString(secret, "my secret word");
    assertThatThrownBy(() -> WebhookFile.read(file))
        .hasMessageContaining("openssl rand")
        .hasMessageNotContaining("my secret word");
    Files.writeString(secret, SECRET);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> WebhookFile.read(file)).hasMessageContaining("chmod");
  }

  @Test
  void thereAreFewOfThemAndEachHasItsName() throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i <= WebhookBounds.ENDPOINTS; i++) {
      files.add(
          file("h" + i + ".properties", lines("url=https://a.example", "secret-file=hook.secret")));
    }
    assertThat(WebhookFile.readAll(files.subList(1, files.size()))).hasSize(5);
    assertThatThrownBy(() -> WebhookFile.readAll(files)).hasMessageContaining("may be 5");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.copy(folder.resolve("hook.secret"), other.resolve("hook.secret"));
    Path same = Files.copy(files.getFirst(), other.resolve("h0.properties"));
    assertThatThrownBy(() -> WebhookFile.readAll(List.of(files.getFirst(), same)))
        .hasMessageContaining("the same name");
  }
}
