package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The operator's commands, on a data folder that nobody holds and on one that a server holds.
class OperatorCommandTest {
  @TempDir Path folder;

  private String data() {
    return folder.resolve("data").toString();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static int signIn(String url, String password) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url + "/api/sessions"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"handle\":\"mara\",\"password\":\"" + password + "\"}")))
        .statusCode();
  }

  private static int metrics(String port, String token) throws Exception {
    return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
            .header("Authorization", "Bearer " + token))
        .statusCode();
  }

  @Test
  void theyWorkWhileAServerHoldsTheFolderAndWhileNobodyDoes() throws Exception {
    String kept;
    try (Program server =
        Program.start(
            folder,
            Map.of(),
            "serve",
            "--demo",
            "--port",
            "0",
            "--operator-port",
            "0",
            "--data",
            data())) {
      String url = server.printed("Parley is at (http://localhost:\\d+)");
      String port = server.printed("Operators are answered at port (\\d+)");
      server.printed("Sign in as Jonas");

      kept = created("prometheus", server.pid());
      assertThat(metrics(port, kept)).isEqualTo(200);
      String other = created("another", server.pid());
      String id =
          Spoken.by("operator", "token", "list", "--data", data())
              .out()
              .lines()
              .filter(line -> line.endsWith("another"))
              .findFirst()
              .orElseThrow()
              .split(" ", 2)[0];
      assertThat(Spoken.by("operator", "token", "revoke", id, "--data", data()).code()).isZero();
      assertThat(metrics(port, other)).isEqualTo(401);
      Spoken.by("operator", "token", "revoke", id, "--data", data())
          .isRefused("There is no operator's token with this id");

      Spoken reset = Spoken.by("user", "reset-password", "mara", "--generate", "--data", data());
      assertThat(reset.code()).as(reset.err()).isZero();
      assertThat(reset.out().strip()).matches("([a-z2-7]{5}-){3}[a-z2-7]{5}");
      assertThat(signIn(url, reset.out().strip())).isEqualTo(201);
      Spoken.by("user", "reset-password", "nobody", "--generate", "--data", data())
          .isRefused("Nobody has this handle");

      String[] relink = {"--issuer", "https://id.example.com", "--subject", "s1", "--data", data()};
      assertThat(Spoken.by(joined("mara", relink)).code()).isZero();
      Spoken.by(joined("nobody", relink)).isRefused("Nobody has this handle");

      String[] who = {"--issuer", "https://id.example.com", "--subject", "s2", "--data", data()};
      String[] mira =
          Stream.concat(Stream.of("user", "create", "--handle", "Mara"), Stream.of(who))
              .toArray(String[]::new);
      for (int i = 0; i < 2; i++) {
        assertThat(Spoken.by(mira).isDone().out()).isEqualTo("mara2\n");
      }
      assertThat(Spoken.by("user", "disable", "mara", "--data", data()).code()).isZero();
      assertThat(signIn(url, reset.out().strip())).isEqualTo(403);
      assertThat(Spoken.by("user", "enable", "mara", "--data", data()).code()).isZero();
      assertThat(signIn(url, reset.out().strip())).isEqualTo(201);
      Spoken.by("user", "disable", "nobody", "--data", data()).isRefused("Nobody is known by that");
      assertThat(renamed("mara2", "--handle", "mira", "--name", "Mira").isDone().out())
          .isEqualTo("mira\n");
      renamed("mira", "--handle", "jonas").isRefused("handle");
      renamed("nobody", "--name", "No").isRefused("Nobody is known by that");
      assertThat(gone("s2").isDone().out()).isEqualTo("mira\n");
      gone("s3").isRefused("Nobody is known by that");
      Spoken.by(mira).isRefused("no such subject any more");

      exports("by-server.zip");
      Spoken.by("user", "export", "jonas", "--to", file("by-server.zip"), "--data", data())
          .isRefused("There is a file");
      Spoken.by("user", "export", "nobody", "--to", file("nobody.zip"), "--data", data())
          .isRefused("Nobody has this handle");
      assertThat(folder.resolve("nobody.zip")).doesNotExist();

      Spoken erase = Spoken.by("user", "erase", "mara", "--data", data());
      assertThat(erase.code()).as(erase.err()).isZero();
      assertThat(erase.out().strip()).matches("e-[a-z2-7]{26}");
      Spoken.by("user", "erase", "mara", "--now", "--data", data()).isRefused("erased already");
      assertThat(Spoken.by("user", "erasures", "--data", data()).out())
          .contains("mara", "next: waiting");
      Spoken.by("table", "compact", "--data", data()).isRefused("in use");

      Path copy = folder.resolve("copy");
      Spoken.by("backup", copy.toString(), "--data", data()).isDone();
      server.terminate();
      assertThat(server.exitCode()).as(server.err()).isZero();
      theCopyIsWhole(copy, reset.out().strip());
    }
    // Nobody holds it now.
    Spoken listed = Spoken.by("operator", "token", "list", "--data", data());
    assertThat(listed.out()).contains("prometheus").doesNotContain("another");
    Spoken reset = Spoken.by("user", "reset-password", "mara", "--generate", "--data", data());
    assertThat(reset.code()).as(reset.err()).isZero();
    assertThat(kept).startsWith("po_");
    exports("by-itself.zip");
    assertThat(Spoken.by("user", "disable", "mira", "--data", data()).code()).isZero();
    Spoken.by("user", "disable", "nobody", "--data", data()).isRefused("Nobody has the handle");
    renamed("mira", "--handle", "jonas").isRefused("Somebody else has the handle jonas");
    renamed("nobody", "--name", "No").isRefused("Nobody has the handle");
    assertThat(renamed("mira", "--handle", "mira_b").isDone().out()).isEqualTo("mira_b\n");
    assertThat(gone("s2").isDone().out()).isEqualTo("mira_b\n");
    gone("s3").isRefused("Nobody is known by this identity");
    String[] again = {"--issuer", "https://id.example.com", "--subject", "s1", "--data", data()};
    Spoken created =
        Spoken.by(
            Stream.concat(Stream.of("user", "create"), Stream.of(again)).toArray(String[]::new));
    assertThat(created.out()).isEqualTo("mara\n");
    String trail = Spoken.by("operator", "audit", "--data", data()).out();
    assertThat(trail.lines().map(line -> line.split("  ", -1)[2]))
        .containsExactly(
            "identity_gone",
            "user_changed",
            "user_changed",
            "user_disabled",
            "export_made",
            "password_reset",
            "erasure_asked",
            "erasure_asked",
            "export_made",
            "identity_gone",
            "user_changed",
            "user_changed",
            "user_enabled",
            "user_disabled",
            "user_created",
            "identity_linked",
            "password_reset",
            "token_revoked",
            "token_created",
            "token_created");
    Path receipt = Files.writeString(folder.resolve("receipt"), "Parley erasure receipt 1\n");
    Spoken verified = Spoken.by("user", "verify-erasure", receipt.toString(), "--data", data());
    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.out()).contains("This is no receipt");
    assertThat(Spoken.by("table", "compact", "--data", data()).isDone().out())
        .contains("is compacted");
    assertThat(trail).contains("cli:").doesNotContain("po_");
  }

  private Spoken renamed(String handle, String... what) {
    return Spoken.by(
        Stream.concat(
                Stream.of("user", "rename", handle, "--data", data()),
                java.util.Arrays.stream(what))
            .toArray(String[]::new));
  }

  private Spoken gone(String subject) {
    return Spoken.by(
        "user",
        "gone",
        "--issuer",
        "https://id.example.com",
        "--subject",
        subject,
        "--data",
        data());
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /// A person of the demonstration, with the conversations that they have there.
  private void exports(String name) throws Exception {
    Spoken export = Spoken.by("user", "export", "jonas", "--to", file(name), "--data", data());
    assertThat(export.code()).as(export.err()).isZero();
    Path zip = folder.resolve(name);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(zip)))
        .isEqualTo("rw-------");
    try (ZipFile archive = new ZipFile(zip.toFile())) {
      assertThat(archive.stream().map(ZipEntry::getName))
          .contains("index.html", "account.json", "stored/0001.json")
          .anyMatch(entry -> entry.matches("conversations/c-[a-z2-7]{26}/0001.html"));
    }
  }

  private String created(String name, long server) {
    Spoken created =
        Spoken.by(
            "operator", "token", "create", "--name", name, "--scope", "metrics", "--data", data());
    assertThat(created.code()).as(created.err() + " of server " + server).isZero();
    assertThat(created.out()).matches("po_[A-Za-z0-9_-]{43}\n");
    assertThat(created.err()).contains("is not shown again").doesNotContain("po_");
    return created.out().strip();
  }

  /// A copy that was made while the server ran is a deployment like any other.
  private void theCopyIsWhole(Path copy, String password) throws Exception {
    Spoken rebuilt = Spoken.by("rebuild", "--data", copy.toString());
    assertThat(rebuilt.out()).contains("1 conversations, 2 rows, 0 differences");
    try (Program restored =
        Program.start(
            folder,
            Map.of(),
            "serve",
            "--port",
            "0",
            "--operator-port",
            "off",
            "--data",
            copy.toString())) {
      String url = restored.printed("Parley is at (http://localhost:\\d+)");
      assertThat(signIn(url, password)).isEqualTo(201);
      Spoken.by("operator", "token", "list", "--data", copy.toString())
          .isRefused("no operator's side to ask", "process " + restored.pid());
    }
    Spoken.by("backup", copy.toString(), "--data", data())
        .isRefused("There is something at " + copy + " already");
  }

  private static String[] joined(String handle, String... more) {
    return Stream.concat(Stream.of("user", "relink", handle), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }
}
