package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.engine.Backup;
import parley.engine.Compaction;
import parley.messaging.Limits;
import parley.messaging.erasure.Receipts.Checked;
import parley.messaging.erasure.Step;
import parley.messaging.message.ClientId;

/// Somebody leaves a deployment on disk: asks, thinks again, asks, is gone; and does not come back
/// with a backup.
class ErasureJourneyTest {
  private static final String TEXT = "a text that nobody shall find";

  @TempDir private Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  private static void write(Caller from, String conversation, String text) {
    from.post(
            "/api/conversations/" + conversation + "/messages",
            Map.of(
                "clientId",
                ClientId.of(Instant.now(), text.hashCode(), 7).toString(),
                "text",
                text))
        .is(201);
  }

  private static void work(TestServer server) {
    for (int hours = 0; hours < 200; hours++) {
      while (server.services().eraser().work()) {
        // Piece after piece.
      }
      if (server.services().erasures().all(1).isEmpty()) {
        return;
      }
      server.advance(Duration.ofHours(1));
    }
    throw new AssertionError("it does not end");
  }

  @Test
  void whoLeavesIsGoneAndStaysGone() throws IOException {
    Path backup = folder.resolve("backup");
    String anna;
    String code;
    try (TestServer server = TestServer.on(new Storage.OnDisk(data()))) {
      Caller leaving = server.nobody().newPerson("leaving");
      Caller staying = server.nobody().newPerson("staying");
      anna = leaving.get("/api/me").is(200).at("/id");
      assertThat(leaving.get("/api/me").at("/hasPassword")).isEqualTo("true");
      assertThat(staying.get("/api/accounts?prefix=leaving").text()).doesNotContain("hasPassword");
      String conversation =
          leaving.post("/api/conversations", Map.of("participants", List.of("staying"))).at("/id");
      write(leaving, conversation, TEXT);
      write(staying, conversation, "what I wrote stays");
      // A fresh sign-in is enough; by the password only, once it is 5 minutes ago.
      server.advance(Limits.FRESH_SIGN_IN.minusSeconds(30));
      leaving.post("/api/me/erasure", Map.of()).is(201);
      leaving.send("DELETE", "/api/me/erasure", "").is(204);
      server.advance(Duration.ofSeconds(30).plusMillis(1));
      leaving.post("/api/me/erasure", Map.of()).isProblem(422, "confirmation_missing");
      leaving
          .post("/api/me/erasure", Map.of("password", "not this one"))
          .isProblem(422, "password_wrong");
      String password = Caller.password("leaving");
      Caller.Reply asked = leaving.post("/api/me/erasure", Map.of("password", password)).is(201);
      // The answer may have been lost: whoever shows again who they are gets another code.
      leaving.post("/api/me/erasure", Map.of()).isProblem(422, "confirmation_missing");
      String lost = asked.at("/code");
      asked = leaving.post("/api/me/erasure", Map.of("password", password)).is(201);
      assertThat(asked.at("/code")).isNotEqualTo(lost);
      server.nobody().post("/api/erasures", Map.of("code", lost)).isProblem(404, "erasure_unknown");
      assertThat(claim(server, asked.at("/code")).at("/state")).isEqualTo("waiting");
      assertThat(leaving.get("/api/me").at("/erasesAt")).isEqualTo(asked.at("/erasesAt"));
      Backup.make(data(), folder.resolve("asked"));
      assertThat(staying.get("/api/accounts?prefix=leaving").text()).doesNotContain("erasesAt");
      leaving.send("DELETE", "/api/me/erasure", "").is(204);
      leaving.send("DELETE", "/api/me/erasure", "").isProblem(404, "erasure_unknown");
      server
          .nobody()
          .post("/api/erasures", Map.of("code", asked.at("/code")))
          .isProblem(404, "erasure_unknown");
      assertThat(leaving.get("/api/me").text()).doesNotContain("erasesAt");
      Backup.make(data(), backup);

      code = leaving.post("/api/me/erasure", Map.of("password", password)).at("/code");
      assertThat(claim(server, code).at("/state")).isEqualTo("waiting");
      server.advance(Duration.ofDays(8));
      work(server);
      leaving.get("/api/me").isProblem(401, "token_invalid");
      server.nobody().signIn("leaving", password).isProblem(401, "credentials_wrong");
      assertThat(staying.get("/api/conversations").text())
          .contains("what I wrote stays")
          .doesNotContain(anna, "leaving");
      assertThat(staying.get("/api/conversations/" + conversation + "/messages").text())
          .contains("what I wrote stays")
          .doesNotContain(anna, TEXT);
      staying
          .post(
              "/api/conversations/" + conversation + "/messages",
              Map.of(
                  "clientId",
                  ClientId.of(Instant.now().plus(Duration.ofDays(9)), 1, 2).toString(),
                  "text",
                  "hello?"))
          .isProblem(409, "nobody_there");
      Caller.Reply done = claim(server, code);
      assertThat(done.at("/state")).isEqualTo("done");
      assertThat(server.services().receipts().check(done.at("/receipt")))
          .isInstanceOf(Checked.Genuine.class);
      assertThat(done.at("/receipt")).contains("parley table compact", "ledger");
      assertThat(claim(server, code).at("/state")).isEqualTo("handed_out");
    }
    assertThat(filesWith(data(), anna, TEXT, "Name of leaving")).isEmpty();
    Path ledger = data().resolve(ErasedFile.NAME);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ledger)))
        .isEqualTo("rw-------");
    // The engine's file keeps what was removed, until it is written anew.
    Compaction.run(data(), Instant.now().plusSeconds(1));
    String database = Files.readString(data().resolve("dynamodb.db"), StandardCharsets.ISO_8859_1);
    assertThat(database).contains("what I wrote stays");
    assertThat(List.of(anna, TEXT, "leaving")).noneMatch(database::contains);
    comesBackWithABackup(backup, ledger);
    nobodyIsAskedTwice(folder.resolve("asked"), ledger);
  }

  /// A backup of when they had asked, and could still take it back.
  private void nobodyIsAskedTwice(Path backup, Path ledger) throws IOException {
    Files.copy(ledger, backup.resolve(ErasedFile.NAME));
    try (TestServer server = TestServer.on(new Storage.OnDisk(backup))) {
      server
          .nobody()
          .signIn("leaving", Caller.password("leaving"))
          .isProblem(401, "credentials_wrong");
      assertThat(server.services().erasures().all(10))
          .as("the old wish is gone, and its work is due now")
          .singleElement()
          .satisfies(job -> assertThat(job.step()).isNotEqualTo(Step.CLOSE));
      work(server);
      assertThat(server.services().erasures().all(10)).isEmpty();
    }
  }

  private static Caller.Reply claim(TestServer server, String code) {
    return server.nobody().post("/api/erasures", Map.of("code", code)).is(200);
  }

  private void comesBackWithABackup(Path backup, Path ledger) throws IOException {
    try (TestServer server = TestServer.on(new Storage.OnDisk(backup))) {
      server.nobody().signIn("leaving", Caller.password("leaving")).is(201);
    }
    Files.copy(ledger, backup.resolve(ErasedFile.NAME));
    try (TestServer server = TestServer.on(new Storage.OnDisk(backup))) {
      server
          .nobody()
          .signIn("leaving", Caller.password("leaving"))
          .isProblem(401, "credentials_wrong");
      work(server);
      assertThat(server.nobody().newPerson("leaving").get("/api/conversations").text())
          .doesNotContain(TEXT);
    }
    // The ledger was applied: a start reads the table no more, and the new owner stays.
    try (TestServer server = TestServer.on(new Storage.OnDisk(backup))) {
      server.nobody().signIn("leaving", Caller.password("leaving")).is(201);
    }
  }

  /// Files, other than the database itself, that hold one of these texts.
  private static List<String> filesWith(Path folder, String... texts) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().startsWith("dynamodb.db")) {
          continue;
        }
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String text : texts) {
          if (bytes.contains(text)) {
            found.add(text + " in " + file);
          }
        }
      }
    }
    return found;
  }
}
