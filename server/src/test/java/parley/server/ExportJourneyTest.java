package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messaging.Limits;
import parley.messaging.message.ClientId;
import parley.server.export.ExportFolder;

/// Somebody takes with them what is held of them, from a deployment on disk.
class ExportJourneyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MARKUP = "<script>alert('&')</script> \"all\"";

  @TempDir private Path folder;
  private int written;

  private Path exports() {
    return folder.resolve("data").resolve(ExportFolder.NAME);
  }

  private String open(Caller from, String other) {
    return from.post("/api/conversations", Map.of("participants", List.of(other))).at("/id");
  }

  private Caller.Reply write(Caller from, String conversation, String text) {
    String id = ClientId.of(Instant.now(), ++written, 7).toString();
    return from.post(
            "/api/conversations/" + conversation + "/messages",
            Map.of("clientId", id, "text", text))
        .is(201);
  }

  private static String ask(Caller person, String handle) {
    return person
        .post("/api/me/export", Map.of("password", Caller.password(handle)))
        .is(201)
        .at("/link");
  }

  private static void awaitState(Caller person, String state) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!person.get("/api/me/export").is(200).at("/state").equals(state)) {
      assertThat(Instant.now()).as("waiting for " + state).isBefore(end);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static HttpResponse<byte[]> fetch(TestServer server, String method, String link)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + link))
              .timeout(PATIENCE)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static Map<String, String> files(byte[] zip) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  private List<Path> kept() throws IOException {
    if (!Files.exists(exports())) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(exports())) {
      return all.toList();
    }
  }

  @Test
  void anArchiveHoldsWhatThePersonSeesAndIsFetchedOnce() throws Exception {
    try (TestServer server = TestServer.on(new Storage.OnDisk(folder.resolve("data")))) {
      Caller anna = server.nobody().newPerson("anna");
      Caller ben = server.nobody().newPerson("ben");
      Caller cleo = server.nobody().newPerson("cleo");
      String benId = ben.get("/api/me").at("/id");
      String withBen = open(anna, "ben");
      String withCleo = open(anna, "cleo");
      write(ben, withBen, "before it was cleared");
      anna.delete("/api/conversations/" + withBen).is(200);
      write(anna, withBen, MARKUP);
      String edited = write(anna, withBen, "first wording").at("/seq");
      anna.patch(
              "/api/conversations/" + withBen + "/messages/" + edited,
              Map.of(
                  "clientId",
                  ClientId.of(Instant.now(), 900, 7).toString(),
                  "text",
                  "second wording"))
          .is(200);
      anna.patch(
              "/api/conversations/" + withBen + "/messages/" + edited,
              Map.of(
                  "clientId",
                  ClientId.of(Instant.now(), 901, 7).toString(),
                  "text",
                  "third wording"))
          .is(200);
      write(cleo, withCleo, "hello from cleo");
      String seen = write(ben, withBen, "seen by her").at("/seq");
      anna.put("/api/blocks/" + benId, Map.of()).is(204);
      write(ben, withBen, "hidden from her");
      ben.patch(
              "/api/conversations/" + withBen + "/messages/" + seen,
              Map.of(
                  "clientId",
                  ClientId.of(Instant.now(), 902, 7).toString(),
                  "text",
                  "an edit that is hidden from her"))
          .is(200);

      // Her rows lead to her conversations, and what was edited is in the place of what was
      // written.
      server.catchUp();
      server.advance(Duration.ofMinutes(6));
      anna.post("/api/me/export", Map.of()).isProblem(422, "confirmation_missing");
      anna.post("/api/me/export", Map.of("password", "not this one"))
          .isProblem(422, "password_wrong");
      assertThat(anna.get("/api/me/export").at("/state")).isEqualTo("none");
      String link = ask(anna, "anna");
      awaitState(anna, "ready");
      assertThat(anna.get("/api/me/export").json().path("total").asInt()).isEqualTo(2);
      assertThat(kept())
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
      assertThat(kept()).noneMatch(file -> file.toString().contains(link.substring(15)));

      HttpResponse<byte[]> head = fetch(server, "HEAD", link);
      HttpResponse<byte[]> got = fetch(server, "GET", link);
      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValue("Content-Length"))
          .contains(Integer.toString(got.body().length));
      assertThat(got.headers().firstValue("Content-Type")).contains("application/zip");
      assertThat(got.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(fetch(server, "GET", link).statusCode()).isEqualTo(404);
      // It is taken away when the last byte is out.
      awaitNothingKept();
      holdsWhatSheSees(files(got.body()), withBen, withCleo);
    }
  }

  private static void holdsWhatSheSees(Map<String, String> files, String ben, String cleo) {
    assertThat(files)
        .containsOnlyKeys(
            "account.json",
            "index.html",
            "stored/0001.json",
            "conversations/" + ben + "/0001.html",
            "conversations/" + ben + "/0001.json",
            "conversations/" + cleo + "/0001.html",
            "conversations/" + cleo + "/0001.json");
    String all = String.join("\n", files.values());
    assertThat(all)
        .contains("third wording", "second wording", "hello from cleo", "(kept secret)")
        .contains("seen by her")
        .doesNotContain("first wording", "before it was cleared", "hidden from her", "$argon2");
    assertThat(files.get("stored/0001.json"))
        .contains("inbox row", "block", "credential", "lastSeq")
        .doesNotContain("hello from cleo")
        // Counts leave out what is hidden: beside numbers they would tell who was blocked.
        .doesNotContain("\"lastN\"", "\"readN\"", "\"ownN\"", "\"clearedN\"");
    files.forEach((name, text) -> {
      if (name.endsWith(".html")) {
        assertThat(text)
            .contains("default-src 'none'")
            .doesNotContain("<script", "http:", "https:", "src=\"");
      }
    });
    assertThat(files.get("conversations/" + ben + "/0001.html"))
        .contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt; &quot;all&quot;")
        .contains("third wording (edited)")
        .doesNotContain("second wording");
  }

  @Test
  void anArchiveGoesAfterADayAndWithTheAccount() throws Exception {
    try (TestServer server = TestServer.on(new Storage.OnDisk(folder.resolve("data")))) {
      Caller anna = server.nobody().newPerson("anna");
      String link = ask(anna, "anna");
      awaitState(anna, "ready");
      server.advance(Limits.EXPORT_LIFE.minusMinutes(1));
      assertThat(fetch(server, "HEAD", link).statusCode()).isEqualTo(200);
      server.advance(Duration.ofMinutes(2));
      assertThat(fetch(server, "GET", link).statusCode()).isEqualTo(404);
      awaitNothingKept();

      String second = ask(anna, "anna");
      awaitState(anna, "ready");
      assertThat(kept()).hasSize(2);
      anna.post("/api/me/erasure", Map.of("password", Caller.password("anna"))).is(201);
      server.advance(Duration.ofDays(7).plusHours(-24));
      String third = ask(anna, "anna");
      awaitState(anna, "ready");
      server.advance(Duration.ofHours(24).minusMinutes(1));
      assertThat(fetch(server, "HEAD", third).statusCode()).isEqualTo(200);
      server.advance(Duration.ofSeconds(61));
      while (server.services().eraser().work()) {
        // Piece after piece.
      }
      server.advance(Limits.ACCOUNT_STALENESS);
      assertThat(fetch(server, "GET", third).statusCode()).isEqualTo(404);
      assertThat(fetch(server, "GET", second).statusCode()).isEqualTo(404);
      server.advance(Limits.EXPORTS_TIDIED);
      awaitNothingKept();
    }
  }

  private void awaitNothingKept() throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!kept().isEmpty()) {
      assertThat(Instant.now()).as("kept: " + kept()).isBefore(end);
      Thread.sleep(20);
    }
  }

  @Test
  void whatIsInMemoryKeepsNoArchives() {
    try (TestServer server = TestServer.inMemory()) {
      Caller anna = server.nobody().newPerson("anna");
      anna.post("/api/me/export", Map.of("password", Caller.password("anna")))
          .isProblem(409, "export_no_place");
    }
  }
}
