package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.engine.DataFolder;
import parley.engine.Engine;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.account.UserId;
import parley.messaging.export.Export;
import parley.server.export.ExportFolder;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/// Somebody is erased from a deployment that people have lived in, by servers that are killed as
/// `kill -9` does, again and again: at the end no byte of any file that Parley writes tells of
/// them, and nothing that was put away before brings them back.
class ErasureKilledTest {
  private static final int KILLS = 8;
  private static final int AFTER_MILLIS = 500;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// More than the minute for which whoever was killed holds on to its piece.
  private static final Duration BETWEEN = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final Random random = new Random(20);
  private Duration ahead = Duration.ZERO;

  private Path data() {
    return folder.resolve("data");
  }

  private Path before() {
    return folder.resolve("before");
  }

  private Path backup() {
    return folder.resolve("backup");
  }

  private Map<String, String> clock() {
    return Map.of("JAVA_TOOL_OPTIONS", "-D" + ShiftedClock.PROPERTY + "=" + ahead);
  }

  private Program serving(Path data, String... more) throws Exception {
    List<String> line = new ArrayList<>(List.of("serve", "--port", "0", "--operator-port", "0"));
    line.addAll(List.of("--erasure-grace", "0", "--backup-days", "30", "--log-level", "info"));
    line.addAll(List.of("--data", data.toString()));
    line.addAll(List.of(more));
    return Program.start(folder, clock(), line.toArray(String[]::new));
  }

  /// One that lets people do as much as they like.
  private Program busy(Path data) throws Exception {
    return serving(data, "--rate-limits", "off");
  }

  private Neighbour nobody(Program server) throws Exception {
    return Neighbour.nobody(server.printed("Parley is at (http://localhost:\\d+)"), ahead);
  }

  private static Spoken on(Path data, String... words) {
    return Spoken.by(
        Stream.concat(Stream.of(words), Stream.of("--data", data.toString()))
            .toArray(String[]::new));
  }

  /// Starts a server, later than the last one, and kills it soon after it is there.
  private void killSoon() throws Exception {
    ahead = ahead.plus(BETWEEN);
    try (Program server = busy(data())) {
      nobody(server);
      Thread.sleep(random.nextInt(AFTER_MILLIS));
      server.kill();
    }
  }

  /// Until the erasure with this code is at this state.
  private static JsonNode await(Neighbour anybody, String code, String state) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      JsonNode now = anybody.send("POST", "/api/erasures", Map.of("code", code)).is(200);
      if (now.path("state").asString().equals(state)) {
        return now;
      }
      assertThat(Instant.now()).as("it is at " + now + ", not " + state).isBefore(end);
      Thread.sleep(200);
    }
  }

  /// Lets a server work until then, and kills it.
  private JsonNode work(String code, String state) throws Exception {
    ahead = ahead.plus(BETWEEN);
    try (Program server = busy(data())) {
      JsonNode there = await(nobody(server), code, state);
      server.kill();
      return there;
    }
  }

  private LivedIn lived() throws Exception {
    try (Program server = serving(data())) {
      LivedIn there = new LivedIn(nobody(server), data());
      there.live();
      String port = server.printed("Operators are answered at port (\\d+)");
      there.areLookedInto("http://localhost:" + port);
      server.kill();
      return there;
    }
  }

  /// Archives of hers and of somebody she wrote to lie there, a backup and an export are made.
  private void putAway() throws Exception {
    try (Program server = busy(data())) {
      for (String handle : List.of(LivedIn.HANDLE, LivedIn.friend(0))) {
        String owner = handle.equals(LivedIn.HANDLE) ? LivedIn.BEFORE : handle;
        Neighbour person = nobody(server).signIn(handle, owner);
        person
            .send("POST", "/api/me/export", Map.of("password", Neighbour.password(owner)))
            .is(201);
        person.when("/api/me/export", now -> now.path("state").asString().equals("ready"));
      }
      assertThat(Spoken.by("backup", backup().toString(), "--data", data().toString()).code())
          .isZero();
      server.kill();
    }
    assertThat(on(data(), "table", "export", before().toString()).code()).isZero();
  }

  private String ask() throws Exception {
    ahead = ahead.plus(BETWEEN);
    try (Program server = busy(data())) {
      JsonNode asked =
          nobody(server)
              .signIn(LivedIn.HANDLE, LivedIn.BEFORE)
              .send(
                  "POST", "/api/me/erasure", Map.of("password", Neighbour.password(LivedIn.BEFORE)))
              .is(201);
      server.kill();
      return asked.path("code").asString();
    }
  }

  @Test
  void itEndsHoweverOftenItIsKilledAndNoByteIsLeft() throws Exception {
    LivedIn there = lived();
    // What was reported of her stays for 90 days: they are over when everything is read again.
    ahead = Limits.REPORT_LIFE.minusDays(1);
    putAway();
    List<String> written = List.of(there.id, LivedIn.HANDLE, LivedIn.NAME, LivedIn.SUBJECT);
    assertThat(ByteSearch.texts(written, data(), before())).containsAll(written);
    assertThat(ByteSearch.of(List.of(LivedIn.WORDS), data().resolve("exports")))
        .as("the search looks into archives: hers, and that of who heard it")
        .anyMatch(where -> where.contains(".zip, "));
    assertThat(ByteSearch.texts(List.of(LivedIn.WORDS), before())).isNotEmpty();

    String code = ask();
    for (int kill = 0; kill < KILLS; kill++) {
      killSoon();
    }
    work(code, "last_sweep");
    onlyWhatWasReportedIsLeft(there);
    ahead = ahead.plus(Duration.ofHours(24));
    for (int kill = 0; kill < KILLS / 4; kill++) {
      killSoon();
    }
    String receipt = work(code, "done").path("receipt").asString();
    sheCannotBeNamedAgain(there);

    assertThat(on(data(), "rebuild").isDone().out()).contains("0 differences");
    theReceiptIsChecked(receipt, there);
    nothingIsLeft(there);
    nothingBringsHerBack(there);
  }

  /// What people reported of her, and the erasure itself, and nothing else.
  private void onlyWhatWasReportedIsLeft(LivedIn there) {
    assertThat(itemsWith(data(), there.id, LivedIn.WORDS, LivedIn.NAME, LivedIn.SUBJECT))
        .hasSize(2)
        .allMatch(key -> key.startsWith("REPORTS ") || key.startsWith("E#JOBS "))
        .anyMatch(key -> key.startsWith("REPORTS "));
  }

  /// By people who remember her id.
  private void sheCannotBeNamedAgain(LivedIn there) throws Exception {
    try (Program server = busy(data())) {
      Neighbour friend = nobody(server).signIn(LivedIn.friend(1), LivedIn.friend(1));
      friend.send("PUT", "/api/blocks/" + there.id, null).is(404);
      friend.send("POST", "/api/conversations", Map.of("participants", List.of(there.id))).is(422);
      String talk = there.conversations.get(1);
      assertThat(friend.messages(talk).toString())
          .contains(LivedIn.THEIRS)
          .doesNotContain(LivedIn.WORDS);
      Map<String, Object> report =
          Map.of("clientId", friend.clientId(), "seq", 1, "reason", "spam");
      friend.send("POST", "/api/conversations/" + talk + "/reports", report).is(422);
      Instant end = Instant.now().plus(PATIENCE);
      while (areArchivesThere()) {
        assertThat(Instant.now()).as("archives are put away").isBefore(end);
        Thread.sleep(200);
      }
      server.kill();
    }
  }

  /// By their names: a file may go while one looks.
  private boolean areArchivesThere() throws IOException {
    try (Stream<Path> files = Files.list(data().resolve("exports"))) {
      return files
          .map(file -> file.getFileName().toString())
          .anyMatch(name -> name.contains(".zip") || name.contains(".status"));
    }
  }

  private void theReceiptIsChecked(String text, LivedIn there) throws Exception {
    assertThat(text)
        .contains(
            "account: " + there.id,
            "handle: " + LivedIn.HANDLE,
            "removed: identity, at least 1",
            "removed: session, at least 2",
            "removed: block, at least 1",
            "removed: mirror of a block, at least 1",
            "remains: in backups, for 30 days",
            "remains: in freed pages of the embedded engine's file");
    Path receipt = Files.writeString(folder.resolve("receipt"), text);
    Path forged = folder.resolve("forged");
    Files.writeString(forged, text.replace("at least 1\n", "at least 2\n"));
    Spoken genuine = on(data(), "user", "verify-erasure", receipt.toString());
    assertThat(genuine.out())
        .contains("The receipt is genuine, and nothing of the account is there");
    assertThat(genuine.code()).isZero();
    Spoken refused = on(data(), "user", "verify-erasure", forged.toString());
    assertThat(refused.out()).contains("was changed since it was handed out");
    assertThat(refused.code()).isEqualTo(1);
    // Whoever is planted back is found, wherever that is.
    Map<String, AttributeValue> planted =
        Map.of(
            TableDesign.PK,
            AttributeValue.fromS("C#c-" + "a".repeat(26)),
            TableDesign.SK,
            AttributeValue.fromS("M#000000000001"),
            "from",
            AttributeValue.fromS(there.id));
    onEngine(data(), client -> client.putItem(r -> r.tableName("parley").item(planted)));
    Spoken found = on(data(), "user", "verify-erasure", receipt.toString());
    assertThat(found.out())
        .contains("C#c-" + "a".repeat(26) + " M#000000000001")
        .contains("but 1 items name the account");
    assertThat(found.code()).isEqualTo(1);
    Map<String, AttributeValue> key =
        Map.of(
            TableDesign.PK,
            planted.get(TableDesign.PK),
            TableDesign.SK,
            planted.get(TableDesign.SK));
    onEngine(data(), client -> client.deleteItem(r -> r.tableName("parley").key(key)));
    anArchiveIsFound(receipt, new UserId(there.id));
    // They name her, and are hers: they are no file of Parley's.
    Files.delete(receipt);
    Files.delete(forged);
  }

  private void anArchiveIsFound(Path receipt, UserId user) throws Exception {
    Path exports = data().resolve(ExportFolder.NAME);
    String secret = Files.readString(data().resolve("secret")).strip();
    ExportFolder shelf = new ExportFolder(exports, Secret.parse(secret));
    Instant now = Instant.now();
    Export planted =
        new Export(user, "0".repeat(64), Export.State.WAITING, now, 0, 0, 0, now, null, 0, null, 0);
    assertThat(shelf.put(planted)).isNotNull();
    Spoken found = on(data(), "user", "verify-erasure", receipt.toString());
    assertThat(found.out()).contains("an archive for the person, in " + exports);
    assertThat(found.code()).isEqualTo(1);
    assertThat(shelf.forget(user)).isOne();
  }

  private void nothingIsLeft(LivedIn there) throws Exception {
    try (Program compact =
        Program.ended(folder, clock(), "table", "compact", "--data", data().toString())) {
      assertThat(compact.exitCode()).as(compact.err()).isZero();
    }
    Path after = folder.resolve("after");
    assertThat(on(data(), "table", "export", after.toString()).code()).isZero();
    assertThat(itemsWith(data(), there.traces().toArray(String[]::new))).isEmpty();
    // The data folder with its database, secret, ledger and archives; an export of the whole table;
    // all that the processes printed and logged. Only what was put away before is not looked into.
    Path[] logs;
    try (Stream<Path> files = Files.list(folder)) {
      logs =
          files
              .filter(file -> file.getFileName().toString().startsWith("program"))
              .toList()
              .toArray(Path[]::new);
    }
    assertThat(logs).hasSizeGreaterThan(2 * KILLS);
    assertThat(ByteSearch.of(there.traces(), data(), after)).isEmpty();
    assertThat(ByteSearch.of(there.traces(), logs)).isEmpty();
    assertThat(ByteSearch.texts(List.of("/api/accounts", LivedIn.THEIRS), logs))
        .as("requests are in the logs, and no text is")
        .isEqualTo(Set.of("/api/accounts"));
    assertThat(ByteSearch.texts(List.of(LivedIn.THEIRS, LivedIn.friend(0)), data(), after))
        .as("what is others' is still there")
        .hasSize(2);
  }

  private void nothingBringsHerBack(LivedIn there) throws Exception {
    // Over the table that she is gone from, which knows the ledger as it is.
    Spoken beside = on(data(), "table", "import", before().toString(), "--beside");
    assertThat(beside.out()).contains("1 account came back with the export");
    isRefused(data());
    // Into another table, with the ledger named.
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.copy(data().resolve("secret"), copy.resolve("secret"));
    String ledger = data().resolve("erased.ledger").toString();
    Spoken without = on(copy, "table", "import", before().toString());
    assertThat(without.out()).contains("No ledger of erased accounts was given");
    Spoken named =
        on(copy, "table", "import", before().toString(), "--beside", "--erasure-ledger", ledger);
    assertThat(named.out()).contains("1 account came back with the export");
    assertThat(named.code()).isZero();
    isRefused(copy);
    // A backup, into which the ledger was put.
    Files.copy(data().resolve("erased.ledger"), backup().resolve("erased.ledger"));
    isRefused(backup());
    isErasedAgain(backup(), there);
  }

  /// From the moment on at which a server is there; everybody else is let in.
  private void isRefused(Path where) throws Exception {
    ahead = ahead.plus(BETWEEN);
    try (Program server = busy(where)) {
      assertThat(nobody(server).tryToSignIn(LivedIn.HANDLE, LivedIn.BEFORE).status())
          .isEqualTo(401);
      nobody(server).signIn(LivedIn.friend(0), LivedIn.friend(0));
      server.kill();
    }
  }

  private void isErasedAgain(Path where, LivedIn there) throws Exception {
    ahead = ahead.plus(BETWEEN);
    try (Program server = busy(where)) {
      Neighbour friend = nobody(server).signIn(LivedIn.friend(0), LivedIn.friend(0));
      String messages = "/api/conversations/" + there.conversations.get(0) + "/messages?limit=100";
      friend.when(messages, page -> !page.toString().contains(LivedIn.WORDS));
      server.kill();
    }
  }

  // The engine, where no server holds it.

  private static void onEngine(Path data, Consumer<DynamoDbClient> work) {
    try (DataFolder held = DataFolder.open(data);
        Engine engine = Engine.onDisk(held)) {
      work.accept(engine.client());
    }
  }

  /// The keys of items of the table, and of the index, in which one of these texts is.
  private static List<String> itemsWith(Path data, String... texts) {
    List<String> found = new ArrayList<>();
    onEngine(
        data,
        client -> {
          List<Map<String, AttributeValue>> all = new ArrayList<>();
          client.scanPaginator(r -> r.tableName("parley")).items().forEach(all::add);
          client
              .scanPaginator(r -> r.tableName("parley").indexName(TableDesign.INBOX_INDEX))
              .items()
              .forEach(all::add);
          for (Map<String, AttributeValue> item : all) {
            String shown = item.toString();
            if (Stream.of(texts).anyMatch(shown::contains)) {
              found.add(item.get(TableDesign.PK).s() + " " + item.get(TableDesign.SK).s());
            }
          }
        });
    return found;
  }
}
