package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.host.Services;
import parley.host.Variables;
import parley.host.export.ZipArchive;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.Claim;
import parley.messaging.erasure.Erasures;
import parley.messaging.export.Export;
import parley.messaging.message.ClientId;
import parley.messaging.message.Text;
import parley.store.ArchiveTable;
import parley.store.TestTables;
import parley.store.World;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Archives for people where no server is: one function is asked, another one writes, and the first
/// hands out.
class ArchivesTest {
  private static final String PASSWORD = "violets are bluish";

  private final DynamoDbClient client = TestTables.engine().client();
  private final Rig rig = new Rig();
  private final String archives = rig.table.name() + "-archives";
  private int sent;
  private HttpFunction http;
  private Services services;
  private String token;
  private Account mara;

  @BeforeEach
  void aTableOfArchivesAndSomebody() {
    client.createTable(r ->
        r.tableName(archives)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(attribute(ArchiveTable.PARTITION), attribute(ArchiveTable.SORT))
            .keySchema(
                key(ArchiveTable.PARTITION, KeyType.HASH), key(ArchiveTable.SORT, KeyType.RANGE)));
    rig.with(Variables.ARCHIVE_TABLE, archives)
        .with(Variables.ERASURE_GRACE_DAYS, "0")
        .with(Variables.RATE_LIMITS, "off");
    services = rig.assembly().services();
    http = new HttpFunction(rig.assembly());
    token = signUp("mara");
    mara = services.accounts().byHandle(new Handle("mara"));
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private Fields ask(Asked asked, int status) {
    Fields answer = FieldsTest.read(Rig.invoke(http, asked.event()));
    assertThat(answer.number("statusCode").intValueExact())
        .as(answer.text("body"))
        .isEqualTo(status);
    return answer;
  }

  private Fields told(Asked asked, int status) {
    return FieldsTest.read(ask(asked, status).required("body"));
  }

  private String signUp(String handle) {
    return told(
            new Asked("POST", "/api/accounts")
                .json(
                    "{\"handle\":\"%s\",\"displayName\":\"%s\",\"password\":\"%s\"}"
                        .formatted(handle, handle, PASSWORD)),
            201)
        .required("token");
  }

  private ConversationId talk(UserId other, String text) {
    ConversationId id = services.conversations().openDirect(mara.id(), other);
    say(id, text);
    return id;
  }

  private void say(ConversationId id, String text) {
    sent++;
    World.stored(
        services
            .messages()
            .send(
                mara.id(),
                id,
                ClientId.of(rig.clock.instant(), sent, sent),
                Text.parse(text).orThrow()));
  }

  private String wanted() {
    return told(
            new Asked("POST", "/api/me/export")
                .token(token)
                .json("{\"password\":\"" + PASSWORD + "\"}"),
            201)
        .required("link");
  }

  private Fields status() {
    return told(new Asked("GET", "/api/me/export").token(token), 200);
  }

  private void call() {
    assertThat(Rig.invoke(new ChoresFunction(rig.assembly()), "{}")).isEqualTo("{}");
  }

  /// The files of a part.
  private Map<String, String> fetched(String link, int part) {
    Fields answer = ask(new Asked("GET", link).query("part=" + part), 200);
    assertThat(answer.isTrue("isBase64Encoded")).isTrue();
    assertThat(answer.object("headers").text("Content-Type")).isEqualTo("application/zip");
    assertThat(answer.object("headers").text("Content-Disposition"))
        .endsWith(part == 1 ? "\"parley.zip\"" : "\"parley-" + part + ".zip\"");
    return unpacked(Base64.getDecoder().decode(answer.required("body")));
  }

  private static Map<String, String> unpacked(byte[] zipped) {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return files;
  }

  private List<Map<String, AttributeValue>> stored() {
    return client.scan(r -> r.tableName(archives)).items();
  }

  @Test
  void itIsAskedForWrittenFetchedAndGone() {
    talk(World.person(1), "a word for the archive");
    new World(rig.table, rig.clock).drain();
    String link = wanted();
    assertThat(status().required("state")).isEqualTo("waiting");
    told(
        new Asked("POST", "/api/me/export")
            .token(token)
            .json("{\"password\":\"" + PASSWORD + "\"}"),
        409);
    ask(new Asked("GET", link), 404);
    call();
    assertThat(status().required("state")).isEqualTo("ready");
    assertThat(status().number("parts").intValueExact()).isOne();
    String length = ask(new Asked("HEAD", link), 200).object("headers").text("Content-Length");
    assertThat(Integer.parseInt(String.valueOf(length))).isGreaterThan(1_000);
    Map<String, String> files = fetched(link, 1);
    assertThat(files).containsKeys("index.html", "account.json", "stored/0001.json");
    assertThat(files.toString()).contains("a word for the archive").doesNotContain("Next part");
    ask(new Asked("GET", link).query("part=2"), 404);
    // Nobody hears whether it arrived, so it can be fetched again for a little while.
    rig.clock.advance(Limits.EXPORT_AGAIN.minusMillis(1));
    assertThat(fetched(link, 1)).isEqualTo(files);
    rig.clock.advance(Duration.ofMillis(1));
    ask(new Asked("GET", link), 404);
    assertThat(status().required("state")).isEqualTo("none");
    call();
    assertThat(stored()).isEmpty();
  }

  @Test
  void whatIsNotFetchedIsGoneAfterADay() {
    String link = wanted();
    call();
    rig.clock.advance(Limits.EXPORT_LIFE.minusMillis(1));
    assertThat(ask(new Asked("HEAD", link), 200).text("body")).isEmpty();
    rig.clock.advance(Duration.ofMillis(1));
    ask(new Asked("GET", link), 404);
    call();
    assertThat(stored()).isEmpty();
  }

  @Test
  void everybodysCodeLeadsToTheirOwn() {
    String first = wanted();
    // No id is like either.
    token = signUp("noor_9");
    String second = wanted();
    call();
    call();
    assertThat(fetched(first, 1).get("account.json")).contains("\"mara\"").doesNotContain("noor_9");
    assertThat(fetched(second, 1).get("account.json"))
        .contains("noor_9")
        .doesNotContain("\"mara\"");
    // What leads there goes with it, whoever came first: nobody finds the other's in its place.
    assertThat(shelf().forget(mara.id())).isOne();
    ask(new Asked("GET", first), 404);
    assertThat(fetched(second, 1)).containsKey("account.json");
    assertThat(stored()).hasSize(3);
  }

  @Test
  void manyConversationsAreSeveralPartsThatFitTogether() {
    List<ConversationId> talks = new ArrayList<>();
    for (int i = 0; i < Limits.EXPORT_PART_PAGES + 5; i++) {
      talks.add(talk(World.person(i + 1), "word " + i));
    }
    new World(rig.table, rig.clock).drain();
    String link = wanted();
    call();
    assertThat(status().number("parts").intValueExact()).isEqualTo(2);
    Map<String, String> first = fetched(link, 1);
    Map<String, String> second = fetched(link, 2);
    assertThat(first.get("index.html")).contains("index-2.html");
    assertThat(second.get("index-2.html")).doesNotContain("index-3.html");
    assertThat(second).doesNotContainKey("account.json");
    assertThat(first.keySet()).doesNotContainAnyElementsOf(second.keySet());
    // One page is what is stored under the id.
    assertThat(pages(first)).isEqualTo(Limits.EXPORT_PART_PAGES - 1);
    assertThat(pages(second)).isEqualTo(6);
    for (int i = 0; i < talks.size(); i++) {
      String page = "conversations/" + talks.get(i) + "/0001.html";
      assertThat(first.containsKey(page) ? first.get(page) : second.get(page))
          .as(page)
          .contains("word " + i + "<")
          .contains(first.containsKey(page) ? "../../index.html" : "../../index-2.html");
    }
  }

  private static long pages(Map<String, String> files) {
    return files.keySet().stream()
        .filter(file -> file.startsWith("conversations/") && file.endsWith(".html"))
        .count();
  }

  @Test
  void moreThanAHundredPartsAreNotMade() {
    String link = wanted();
    ArchiveTable shelf = shelf();
    assertThat(shelf.put(withParts(shelf.of(mara.id()), Limits.EXPORT_PARTS))).isNotNull();
    call();
    assertThat(status().required("state")).isEqualTo("failed");
    ask(new Asked("GET", link), 404);
    String again = wanted();
    assertThat(shelf.put(withParts(shelf.of(mara.id()), Limits.EXPORT_PARTS - 1))).isNotNull();
    call();
    assertThat(status().required("state")).isEqualTo("ready");
    assertThat(fetched(again, Limits.EXPORT_PARTS)).isNotEmpty();
    ask(new Asked("GET", again).query("part=" + (Limits.EXPORT_PARTS + 1)), 422);
  }

  private static Export withParts(Export waiting, int parts) {
    return new Export(
        waiting.user(),
        waiting.place(),
        waiting.state(),
        waiting.askedAt(),
        0,
        0,
        0,
        waiting.touchedAt(),
        null,
        parts,
        null,
        waiting.version());
  }

  /// What nobody can pack: no part is more than a function can answer, and none breaks off.
  @Test
  void aLongConversationIsCutWhereAPartIsFull() {
    Random random = new Random(7);
    ConversationId id = services.conversations().openDirect(mara.id(), World.person(1));
    int messages = 3 * Limits.EXPORT_PAGE_CHARS / Limits.TEXT_CODE_POINTS;
    for (int i = 0; i < messages; i++) {
      StringBuilder text = new StringBuilder("#" + i + " ");
      while (text.length() < Limits.TEXT_CODE_POINTS - 10) {
        text.append((char) (0x4E00 + random.nextInt(0x5000)));
      }
      say(id, text.toString());
    }
    new World(rig.table, rig.clock).drain();
    String link = wanted();
    call();
    int parts = status().number("parts").intValueExact();
    assertThat(parts).isGreaterThan(1);
    StringBuilder all = new StringBuilder();
    // All texts are of one length; the one that goes beyond the bound is the page's last.
    int aPage = Limits.EXPORT_PAGE_CHARS / (Limits.TEXT_CODE_POINTS - 10) + 1;
    assertThat(fetched(link, 1).get("conversations/" + id + "/0001.html").split("<li", -1))
        .hasSize(aPage + 1);
    for (int part = 1; part <= parts; part++) {
      String body = ask(new Asked("GET", link).query("part=" + part), 200).required("body");
      // Of the 6 MB that an answer can be.
      assertThat(body.length()).isLessThan(5_900_000);
      unpacked(Base64.getDecoder().decode(body)).values().forEach(all::append);
    }
    for (int i = 0; i < messages; i++) {
      assertThat(all.toString().split("#" + i + " ", -1)).as("#" + i).hasSize(3);
    }
  }

  /// Nothing is reserved for the function: two calls share the work, and a third goes on where one
  /// was cut off.
  @Test
  void callsAtTheSameTimeMakeOneArchiveAndOneErasure() throws Exception {
    for (int i = 0; i < Limits.EXPORT_PART_PAGES + 5; i++) {
      talk(World.person(i + 1), "word " + i);
    }
    new World(rig.table, rig.clock).drain();
    String leaving = signUp("nora");
    Account nora = services.accounts().byHandle(new Handle("nora"));
    assertThat(leaving).isNotEmpty();
    Erasures.Asked.Done erasure = (Erasures.Asked.Done) services.erasures().ask(nora);
    String link = wanted();
    for (Duration wait :
        List.of(Duration.ZERO, Limits.ERASURE_SETTLES, Duration.ZERO, Duration.ofHours(23))) {
      rig.clock.advance(wait);
      atOnce();
    }
    assertThat(status().number("parts").intValueExact()).isEqualTo(2);
    Map<String, String> both = fetched(link, 1);
    both.putAll(fetched(link, 2));
    assertThat(both.keySet().stream().filter(file -> file.endsWith("0001.html")))
        .hasSize(Limits.EXPORT_PART_PAGES + 5);
    rig.clock.advance(Duration.ofHours(2));
    atOnce();
    Erasures.Status status = services.erasures().claim(Claim.parse(erasure.code()).orThrow());
    assertThat(status).isInstanceOf(Erasures.Status.Done.class);
    assertThat(services.erasures().all(10)).isEmpty();
    assertThat(services.accounts().byHandle(new Handle("nora"))).isNull();
    assertThat(String.join("\n", rig.printed())).doesNotContain("\"Failures\":1");
  }

  private void atOnce() throws Exception {
    try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> under = List.of(calls.submit(this::call), calls.submit(this::call));
      for (Future<?> call : under) {
        call.get();
      }
    }
  }

  private ArchiveTable shelf() {
    return new ArchiveTable(
        client,
        archives,
        Secret.parse(Rig.SECRET),
        (out, part) -> new ZipArchive(out, new ZipArchive.Part(part, 1, 1)),
        rig.clock);
  }

  /// Whoever writes slowly, and was followed by somebody else, spoils nothing.
  @Test
  void whoWasOvertakenChangesNothing() {
    String link = wanted();
    ArchiveTable shelf = shelf();
    Export waiting = shelf.of(mara.id());
    Export slow = shelf.put(waiting);
    assertThat(shelf.put(waiting)).as("of two one goes on").isNull();
    var archive = shelf.begin(slow);
    archive.begin(mara, rig.clock.instant());
    rig.clock.advance(Limits.EXPORT_LEASE.multipliedBy(2));
    call();
    assertThat(status().required("state")).isEqualTo("ready");
    archive.end(true);
    assertThat(catchThrowable(archive::close))
        .hasMessageContaining("somebody else writes the same part");
    assertThat(shelf.put(slow)).isNull();
    assertThat(shelf.finish(slow)).as("it is wanted still").isTrue();
    assertThat(fetched(link, 1)).containsKeys("index.html", "stored/0001.json");
  }

  @Test
  void anErasureTakesTheArchiveAndWhatIsWrittenLateAndSaysSo() {
    String link = wanted();
    call();
    assertThat(ask(new Asked("HEAD", link), 200).text("body")).isEmpty();
    Export there = shelf().of(mara.id());
    String code = ((Erasures.Asked.Done) services.erasures().ask(mara)).code();
    rig.clock.advance(Limits.EXPORTS_TIDIED);
    call();
    ask(new Asked("GET", link), 404);
    assertThat(stored()).isEmpty();
    // Somebody who was under way all the time writes what nobody wants any more.
    try (var late = shelf().begin(there)) {
      late.begin(mara, rig.clock.instant());
      late.end(true);
    }
    assertThat(stored()).isNotEmpty();
    assertThat(shelf().holds(mara.id())).isTrue();
    for (Duration wait :
        List.of(
            Limits.ERASURE_SETTLES,
            Duration.ZERO,
            Limits.ERASURE_LAST_SWEEP_AFTER,
            Limits.ERASURE_SETTLES)) {
      rig.clock.advance(wait);
      call();
    }
    assertThat(stored()).isEmpty();
    assertThat(shelf().holds(mara.id())).isFalse();
    Erasures.Status status = services.erasures().claim(Claim.parse(code).orThrow());
    assertThat(((Erasures.Status.Done) status).receipt())
        .contains(
            "removed: archive for the person, at least 1",
            "searched: the whole table and where archives for people lie");
  }

  @Test
  void whereNoTableIsNamedThereIsNoPlace() {
    rig.with(Variables.ARCHIVE_TABLE, "");
    http = new HttpFunction(rig.assembly());
    assertThat(
            told(
                    new Asked("POST", "/api/me/export")
                        .token(token)
                        .json("{\"password\":\"" + PASSWORD + "\"}"),
                    409)
                .required("code"))
        .isEqualTo("export_no_place");
  }
}
