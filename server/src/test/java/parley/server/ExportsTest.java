package parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.export.Dossier;
import parley.messaging.export.Download;
import parley.messaging.export.Export;
import parley.messaging.export.Export.State;
import parley.messaging.export.Exports;
import parley.messaging.message.ClientId;
import parley.messaging.message.Text;
import parley.messaging.message.Written;
import parley.server.export.ExportFolder;

/// Archives that are not written at the first go, or not fetched at once.
class ExportsTest {
  private static final Secret SECRET = new Secret(new byte[Secret.MIN_BYTES]);

  @TempDir private Path place;
  private final SecureRandom random = new SecureRandom();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  private TestServer server;
  private Account anna;
  private ExportFolder folder;

  @BeforeEach
  void start() {
    server = TestServer.inMemory();
    server.nobody().newPerson("anna");
    anna = server.services().accounts().byHandle(new Handle("anna"));
    folder = new ExportFolder(place.resolve("exports"), SECRET);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void pass(Duration time) {
    now.updateAndGet(at -> at.plus(time));
  }

  private Exports exports(Dossier dossier) {
    return new Exports(folder, dossier, server.services().accounts(), now::get, random);
  }

  private Exports working() {
    return exports(server.services().dossier());
  }

  /// One whose table goes away when it has written the beginning.
  private Exports dying() {
    return exports(
        new Dossier(
            (_, _) -> {
              throw new StoreUnavailable("gone", new IOException("gone"));
            },
            server.services().messages(),
            server.services().accounts(),
            now::get));
  }

  private String ask(Exports exports) {
    return ((Exports.Asked.Done) exports.ask(anna)).code();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(place.resolve("exports"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void anotherOneGoesOnAMinuteAfterOneWasKilled() {
    Exports dying = dying();
    Exports other = working();
    String code = ask(dying);
    assertThat(dying.ask(anna)).isInstanceOf(Exports.Asked.UnderWay.class);
    assertThatThrownBy(dying::work).isInstanceOf(StoreUnavailable.class);
    assertThat(dying.of(anna.id())).extracting(Export::state).isEqualTo(State.WORKING);
    pass(Limits.EXPORT_LEASE);
    assertThat(other.work()).isFalse();
    assertThat(other.fetch(code, 1)).isNull();
    pass(Duration.ofMillis(1));
    assertThat(other.work()).isTrue();
    assertThat(dying.of(anna.id())).extracting(Export::state).isEqualTo(State.READY);
    assertThat(dying.fetch(code, 1)).isNotNull();
  }

  @Test
  void itIsGivenUpAfterFiveTimesAndCanBeAskedForAgain() throws IOException {
    Exports dying = dying();
    String code = ask(dying);
    for (int attempt = 0; attempt < Limits.EXPORT_ATTEMPTS; attempt++) {
      assertThat(dying.of(anna.id())).extracting(Export::state).isNotEqualTo(State.FAILED);
      assertThatThrownBy(dying::work).isInstanceOf(StoreUnavailable.class);
      pass(Limits.EXPORT_LEASE.plusMillis(1));
    }
    assertThat(dying.work()).isTrue();
    assertThat(dying.of(anna.id())).extracting(Export::state).isEqualTo(State.FAILED);
    assertThat(dying.work()).isFalse();
    assertThat(dying.fetch(code, 1)).isNull();
    String next = ask(dying);
    assertThat(files()).as("what was broken off is gone").hasSize(1);
    Exports working = working();
    assertThat(working.work()).isTrue();
    assertThat(working.fetch(next, 1)).isNotNull();
    assertThat(working.fetch(code, 1)).isNull();
    pass(Limits.EXPORT_LIFE);
    assertThat(working.fetch(next, 1)).isNull();
    assertThat(working.work()).isFalse();
    assertThat(files()).isEmpty();
  }

  @Test
  void whoeverBreaksOffCanComeAgainAndTwoDoNotBothGetIt() throws IOException {
    Exports exports = working();
    String code = ask(exports);
    assertThat(exports.work()).isTrue();
    Download first = exports.fetch(code, 1);
    Download second = exports.fetch(code, 1);
    try (InputStream in = first.open()) {
      assertThat(in.read()).isEqualTo('P');
    }
    assertThatThrownBy(second::open).isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(exports.fetch(code, 1)).isNull();
    first.end(false);
    Download again = exports.fetch(code, 1);
    again.open().close();
    again.end(true);
    assertThat(exports.fetch(code, 1)).isNull();
    assertThat(exports.of(anna.id())).isNull();
    assertThat(files()).isEmpty();
  }

  @Test
  void whatIsOverGoesWithinFifteenSeconds() throws IOException {
    Exports exports = working();
    assertThat(exports.work()).as("nothing was there to be put away").isFalse();
    Instant over = now.get();
    folder.put(
        new Export(
            anna.id(),
            Exports.place("x-over"),
            State.READY,
            over,
            0,
            0,
            1,
            over,
            over,
            1,
            null,
            0));
    pass(Limits.EXPORTS_TIDIED.minusMillis(1));
    assertThat(exports.work()).isFalse();
    assertThat(exports.of(anna.id())).as("nobody is told of it").isNull();
    assertThat(files()).hasSize(1);
    pass(Duration.ofMillis(1));
    assertThat(exports.work()).isFalse();
    assertThat(files()).isEmpty();
  }

  @Test
  void thereIsRoomForAThousand() {
    Exports exports = working();
    for (int i = 1; i < Limits.EXPORTS_KEPT; i++) {
      UserId other = UserId.random(random);
      folder.put(
          new Export(
              other,
              Exports.place("x" + i),
              State.WAITING,
              now.get(),
              0,
              0,
              0,
              now.get(),
              null,
              0,
              null,
              0));
    }
    ask(exports);
    server.nobody().newPerson("ben");
    Account ben = server.services().accounts().byHandle(new Handle("ben"));
    assertThat(exports.ask(ben)).isInstanceOf(Exports.Asked.Full.class);
    // Nobody has the ids of the others.
    assertThat(exports.work()).isTrue();
    assertThat(folder.all()).extracting(Export::user).containsExactly(anna.id());
    assertThat(exports.ask(ben)).isInstanceOf(Exports.Asked.Done.class);
  }

  @Test
  void pagesLeadToEachOtherAndToNothingElse() throws IOException {
    Caller caller = server.nobody().newPerson("cleo");
    String full = conversation(caller, "anna", Limits.EXPORT_PAGE);
    Caller dora = server.nobody().newPerson("dora");
    String fuller = conversation(dora, "anna", Limits.EXPORT_PAGE + 1);
    Exports exports = working();
    String code = ask(exports);
    assertThat(exports.work()).isTrue();
    Map<String, String> files = new java.util.TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(exports.fetch(code, 1).open())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(
            entry.getName(),
            new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    assertThat(files)
        .containsKey("conversations/" + full + "/0001.html")
        .doesNotContainKey("conversations/" + full + "/0002.html")
        .containsKey("conversations/" + fuller + "/0002.html")
        .doesNotContainKey("conversations/" + fuller + "/0003.html");
    assertThat(files.get("conversations/" + full + "/0001.html")).doesNotContain("Newer");
    assertThat(files.get("conversations/" + fuller + "/0001.html")).contains("0002.html");
    assertThat(files.get("conversations/" + fuller + "/0002.html"))
        .contains("0001.html", "message 501")
        .doesNotContain("Newer");
    assertThat(files.get("index.html")).contains(": 500 messages", ": 501 messages");
  }

  private String conversation(Caller from, String with, int messages) {
    String id = from.post("/api/conversations", Map.of("participants", List.of(with))).at("/id");
    UserId sender = new UserId(from.get("/api/me").at("/id"));
    for (int i = 1; i <= messages; i++) {
      Written written =
          server
              .services()
              .messages()
              .send(
                  sender,
                  new ConversationId(id),
                  ClientId.of(Instant.now(), i, 7),
                  new Text("message " + i));
      assertThat(written).isInstanceOf(Written.Stored.class);
    }
    // Her row is what leads there.
    Instant end = Instant.now().plusSeconds(60);
    while (!shows(id, messages)) {
      assertThat(Instant.now()).isBefore(end);
      sleep();
    }
    return id;
  }

  private boolean shows(String id, int messages) {
    var row = server.services().inbox().conversation(anna.id(), new ConversationId(id));
    return row != null && row.last() != null && row.last().seq() == messages;
  }

  private static void sleep() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
