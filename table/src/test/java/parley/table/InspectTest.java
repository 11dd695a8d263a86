package parley.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.api.Observer;
import parley.api.OperatorApi;
import parley.api.Providers;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Password;
import parley.messaging.account.SignUp;
import parley.messaging.account.Source;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Text;
import parley.messaging.operator.Actor;
import parley.messaging.operator.AuditEntry;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.OperatorPass;
import parley.messaging.operator.Scope;
import parley.server.Browsers;
import parley.server.Deployment;
import parley.server.Limiting;
import parley.server.Listen;
import parley.server.ParleyServer;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.AccessPattern;
import parley.store.TableAdmin.Capacity;
import parley.store.TableDesign;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What operators are shown of the table, over HTTP: who is, how much, and that what people wrote
/// stays hidden.
class InspectTest {
  /// What somebody wrote, and what they call themselves.
  private static final String WRITTEN = "zxwritten";

  private static final String NAME = "Zxname";

  /// Every route of the inspector, and what it answers to nobody, to a token for metrics, to one
  /// with `inspect`, to one with `texts` alone, to one with both, and to the command line.
  private static final String EXPECTED =
      """
      GET /operator/inspect/design       401 403 200 403 200 200
      GET /operator/inspect/collections  401 403 200 403 200 200
      GET /operator/inspect/collection   401 403 200 403 200 200
      POST /operator/inspect/runs        401 403 200 403 200 200
      GET /operator/inspect/changes      401 403 200 403 200 200
      GET /operator/inspect/units        401 403 200 403 200 200
      GET /operator/inspect/weight       401 403 200 403 200 200
      POST /operator/inspect/weight      401 403 200 403 200 200
      DELETE /operator/inspect/weight    401 403 200 403 200 200
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Actor ROOT = Actor.commandLine("root");

  private static Deployment deployment;
  private static Inspection inspection;
  private static ParleyServer server;
  private static Account ann;
  private static Account ben;
  private static ConversationId conversation;
  private static String inspect;
  private static String both;

  @BeforeAll
  static void start() throws Exception {
    Settings settings =
        new Settings(new Storage.InMemory(), "parley", new Capacity.OnDemand(), null);
    deployment = Deployment.open(settings);
    inspection = Inspection.of(deployment, settings, Instant::now);
    server =
        ParleyServer.start(
            deployment,
            new Listen("127.0.0.1", 0, OptionalInt.empty(), Browsers.LOCAL, Limiting.OFF)
                .withOperator("127.0.0.1", 0),
            Instant::now,
            inspection);
    ann = account("ann");
    ben = account("ben");
    conversation = server.services().conversations().openDirect(ann.id(), ben.id());
    for (int i = 0; i < 2 * InspectBounds.ITEMS; i++) {
      says(ann, conversation, WRITTEN + " " + i);
    }
    assertThat(server.pump().awaitCaughtUp(Duration.ofSeconds(60))).isTrue();
    inspect = token(Set.of(Scope.INSPECT));
    both = token(Set.of(Scope.INSPECT, Scope.TEXTS));
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    server.close();
    deployment.close();
  }

  private static Account account(String handle) {
    Handle owner = new Handle(handle);
    DisplayName name = new DisplayName(NAME + " " + handle);
    Password password = Password.parse("rowing at dawn", owner, name).orThrow();
    SignUp made = server.services().accounts().signUp(owner, name, password, Source.HERE);
    return ((SignUp.Created) made).account();
  }

  private static void says(Account from, ConversationId conversation, String text) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    ClientId id = ClientId.of(Instant.now(), random.nextLong(), random.nextLong());
    server.services().messages().send(from.id(), conversation, id, new Text(text));
  }

  private static String token(Set<Scope> scopes) {
    return server
        .services()
        .operators()
        .issue(new OperatorName("test"), scopes, Duration.ofDays(1), ROOT)
        .token()
        .value();
  }

  private static HttpResponse<String> send(
      String method, String path, @Nullable String token, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.operatorPort() + path))
            .timeout(Duration.ofMinutes(2))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode get(String path, String token) throws Exception {
    HttpResponse<String> response = send("GET", "/operator/inspect" + path, token, null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static String word(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  // Who.

  @Test
  void everyRouteHasARow() {
    OperatorApi api =
        new OperatorApi(
            server.services().operators(),
            () -> "",
            Providers.NONE,
            inspection,
            Set.of(),
            Observer.NONE);
    assertThat(api.routes().stream().filter(route -> route.contains("/inspect")))
        .containsExactlyInAnyOrderElementsOf(rows().keySet());
  }

  private static Map<String, List<Integer>> rows() {
    Map<String, List<Integer>> rows = new TreeMap<>();
    for (String line : EXPECTED.lines().toList()) {
      String[] cells = line.strip().split("\\s+", -1);
      rows.put(
          cells[0] + " " + cells[1],
          List.of(cells).subList(2, cells.length).stream().map(Integer::valueOf).toList());
    }
    return rows;
  }

  @Test
  void everybodyMayDoWhatTheTableSays() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (var row : rows().entrySet()) {
      String method = row.getKey().split(" ", -1)[0];
      String path = row.getKey().split(" ", -1)[1];
      List<@Nullable String> shown = new ArrayList<>();
      shown.add(null);
      shown.add(token(Set.of(Scope.METRICS)));
      shown.add(inspect);
      shown.add(token(Set.of(Scope.TEXTS)));
      shown.add(both);
      String query = path.endsWith("/collection") ? "?of=ann" : "";
      String body = path.endsWith("/runs") ? "{\"pattern\":\"operators\",\"arguments\":[]}" : null;
      for (int who = 0; who <= shown.size(); who++) {
        // A pass is good for a moment.
        String token =
            who < shown.size()
                ? shown.get(who)
                : OperatorPass.make(deployment.secret(), method, path, Instant.now(), "root");
        HttpResponse<String> response = send(method, path + query, token, body);
        if (response.statusCode() != row.getValue().get(who)) {
          wrong.add(row.getKey() + " for " + who + ": " + response.body());
        }
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
      }
    }
    assertThat(wrong).isEmpty();
  }

  // What stays hidden.

  @Test
  void whatPeopleWroteIsHiddenWhateverIsAsked() throws Exception {
    List<String> answers = new ArrayList<>();
    String next = "";
    do {
      HttpResponse<String> page =
          send("GET", "/operator/inspect/collections" + next, inspect, null);
      answers.add(page.body());
      String from = JSON.readTree(page.body()).path("next").asString("");
      next = from.isEmpty() ? "" : "?from=" + word(from);
    } while (!next.isEmpty());
    for (String of : List.of("ann", ben.id().value(), conversation.value(), "OPERATOR")) {
      answers.add(send("GET", "/operator/inspect/collection?of=" + of, inspect, null).body());
    }
    for (AccessPattern pattern : TableDesign.patterns()) {
      answers.add(run(PatternFacts.of(pattern), inspect, "").body());
    }
    assertThat(answers).hasSizeGreaterThan(50);
    assertThat(String.join("\n", answers))
        .doesNotContain(WRITTEN)
        .doesNotContain(NAME)
        .contains("\"hidden\":" + (WRITTEN.length() + 2));
    // With the scope it is there to be seen, but for secrets.
    String shown =
        send(
                "GET",
                "/operator/inspect/collection?texts=true&of=" + conversation.value(),
                both,
                null)
            .body();
    assertThat(shown).contains(WRITTEN + " 150");
    String person =
        send("GET", "/operator/inspect/collection?texts=true&of=ann", both, null).body();
    assertThat(person).contains(NAME).contains("\"name\":\"hash\"").doesNotContain("$argon2id");
  }

  @Test
  void textsNeedTheirScopeAndLeaveALine() throws Exception {
    HttpResponse<String> refused =
        send("GET", "/operator/inspect/collection?texts=true&of=ann", inspect, null);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("the scope texts");
    get("/collection?texts=true&of=ann", both);
    get("/collection?texts=true&of=" + word("H#an\nforged"), both);
    get("/collection?texts=true&of=" + word("C#" + conversation.value()), both);
    // People are in the trail by their ids, so that an erasure takes them out of it; nobody is
    // there by their handle, or by what a provider calls them.
    assertThat(server.services().operators().trail(null))
        .filteredOn(line -> line.action().name().equals("TEXTS_READ"))
        .extracting(AuditEntry::subject)
        .contains(
            "collection " + ann.id(), "collection (a word)", "collection C#" + conversation.value())
        .noneMatch(subject -> subject.contains("an\u00b7") || subject.endsWith(" ann"));
  }

  private static HttpResponse<String> run(PatternFacts facts, String token, String query)
      throws Exception {
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("user", "ann"),
            Map.entry("other", ben.id().value()),
            Map.entry("conversation", conversation.value()),
            Map.entry("handle", "ann"),
            Map.entry("prefix", "an"),
            Map.entry("session", "ab".repeat(32)),
            Map.entry("operator", "o-" + "a".repeat(26)),
            Map.entry("issuer", "https://id.example"),
            Map.entry("seq", "7"));
    List<String> arguments =
        facts.arguments().stream().map(name -> values.getOrDefault(name, "word")).toList();
    String body = JSON.writeValueAsString(Map.of("pattern", facts.name(), "arguments", arguments));
    return send("POST", "/operator/inspect/runs" + query, token, body);
  }

  // What is shown.

  @Test
  void everyPatternRunsAndWritesChangeNothing() throws Exception {
    JsonNode before = get("/collection?of=" + conversation.value(), inspect);
    for (AccessPattern pattern : TableDesign.patterns()) {
      PatternFacts facts = PatternFacts.of(pattern);
      HttpResponse<String> response = run(facts, inspect, "");
      if (pattern == AccessPattern.CLAIM_TABLE) {
        // The table is somebody's already: the question before it settles it, and that is said.
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("table-owner comes first");
        continue;
      }
      assertThat(response.statusCode()).as(facts.name() + response.body()).isEqualTo(200);
      JsonNode run = JSON.readTree(response.body());
      assertThat(run.path("requests").size()).as(facts.name()).isPositive();
      assertThat(run.path("measured").asString()).as(facts.name()).isNotEmpty();
      assertThat(run.path("write").asBoolean()).isEqualTo(facts.isWrite());
    }
    assertThat(get("/collection?of=" + conversation.value(), inspect)).isEqualTo(before);
  }

  @Test
  void aRunTellsWhichCellsItTouches() throws Exception {
    JsonNode end = JSON.readTree(run(PatternFacts.of(AccessPattern.LOG_END), inspect, "").body());
    assertThat(end.path("touched").path(0).path("pk").asString())
        .isEqualTo("C#" + conversation.value());
    assertThat(end.path("touched").path(0).path("sk").asString()).isEqualTo("~HEAD");
    assertThat(end.path("touched").size()).isEqualTo(end.path("evaluated").asInt());

    JsonNode places =
        JSON.readTree(run(PatternFacts.of(AccessPattern.INBOX_PLACES), inspect, "").body());
    assertThat(places.path("touched").path(0).path("inIndex").asBoolean()).isTrue();
    assertThat(places.path("touched").path(0).path("item").path("place").asString())
        .startsWith("I#");

    JsonNode append = JSON.readTree(run(PatternFacts.of(AccessPattern.APPEND), inspect, "").body());
    assertThat(append.path("touched").path(0).path("written").asBoolean()).isTrue();

    JsonNode none =
        JSON.readTree(run(PatternFacts.of(AccessPattern.SESSION_CHECK), inspect, "").body());
    assertThat(none.path("touched").path(0).path("there").asBoolean()).isFalse();
  }

  /// A page passes over what is beyond the first items of a long conversation, and nothing else:
  /// all collections of the table are on some page.
  @Test
  void pagesShowEveryCollectionOnce() throws Exception {
    // First: what comes into the table meanwhile may be on a page or not.
    Set<String> all = new TreeSet<>();
    deployment.connection().client().scanPaginator(r -> r.tableName("parley")).items().stream()
        .map(item -> Ink.key(item, TableDesign.PK))
        // Checkpoints come and go by themselves.
        .filter(pk -> !pk.startsWith("S#"))
        .forEach(all::add);
    Map<String, Integer> seen = new TreeMap<>();
    String next = "";
    int pages = 0;
    do {
      JsonNode page = get("/collections" + next, inspect);
      for (JsonNode collection : page.path("collections")) {
        assertThat(collection.path("items").size()).isLessThanOrEqualTo(InspectBounds.CELLS);
        seen.merge(collection.path("pk").asString(), collection.path("items").size(), Integer::sum);
      }
      String from = page.path("next").asString("");
      next = from.isEmpty() ? "" : "?from=" + word(from);
      pages++;
    } while (!next.isEmpty() && pages < 50);
    assertThat(next).isEmpty();
    assertThat(seen.keySet()).containsAll(all);
    assertThat(seen.get("C#" + conversation.value())).isEqualTo(InspectBounds.CELLS);
  }

  @Test
  void aCollectionComesPageByPageInBothOrders() throws Exception {
    for (String order : List.of("", "&ascending=true")) {
      List<String> keys = new ArrayList<>();
      String next = "";
      do {
        JsonNode page = get("/collection?of=" + conversation.value() + order + next, inspect);
        JsonNode items = page.path("collection").path("items");
        assertThat(items.size()).isLessThanOrEqualTo(InspectBounds.ITEMS);
        items.forEach(item -> keys.add(item.path("sk").asString()));
        String from = page.path("next").asString("");
        next = from.isEmpty() ? "" : "&from=" + word(from);
      } while (!next.isEmpty());
      assertThat(keys).hasSize(2 * InspectBounds.ITEMS + 1).doesNotHaveDuplicates();
      assertThat(order.isEmpty() ? keys.getFirst() : keys.getLast()).isEqualTo("~HEAD");
    }
    JsonNode person = get("/collection?of=@ann", inspect);
    assertThat(person.path("collection").path("pk").asString()).isEqualTo("U#" + ann.id().value());
    assertThat(person.path("index").path(0).path("sk").asString())
        .isEqualTo("C#" + conversation.value());
  }

  @Test
  void changesComeAsTheyHappenAndAreBounded() throws Exception {
    JsonNode known = get("/changes", inspect);
    assertThat(known.path("items").size()).isBetween(1, InspectBounds.CHANGES);
    // In a conversation of its own: the other one stays as it is, whatever order tests come in.
    Account carl = account("carl");
    ConversationId aside = server.services().conversations().openDirect(ben.id(), carl.id());
    says(ben, aside, "anything");
    boolean came = false;
    long last = known.path("last").asLong();
    for (int i = 0; i < 20 && !came; i++) {
      JsonNode more = get("/changes?wait=10&after=" + last, inspect);
      last = more.path("last").asLong();
      for (JsonNode change : more.path("items")) {
        came |= change.path("pk").asString().equals("C#" + aside.value());
      }
    }
    assertThat(came).isTrue();
    assertThat(server.pump().awaitCaughtUp(Duration.ofSeconds(60))).isTrue();
    // A number of an earlier start begins anew.
    assertThat(get("/changes?after=999999999", inspect).path("items").size()).isPositive();
  }

  @Test
  void ofManyChangesTheNewestAreKept() {
    RecentChanges changes = new RecentChanges(Instant::now, true);
    for (int i = 1; i <= InspectBounds.CHANGES; i++) {
      changes.add("C#c", "M#" + i, false, Instant.now());
    }
    assertThat(changes.after(0, Duration.ZERO).items()).hasSize(InspectBounds.CHANGES);
    assertThat(changes.after(0, Duration.ZERO).missed()).isFalse();
    changes.add("C#c", "~HEAD", false, Instant.now());
    assertThat(changes.after(0, Duration.ZERO).items())
        .hasSize(InspectBounds.CHANGES)
        .last()
        .satisfies(change -> assertThat(change.entity()).isEqualTo("head"));
    assertThat(changes.after(0, Duration.ZERO).missed()).isTrue();
    assertThat(changes.after(1, Duration.ZERO).missed()).isFalse();
    // Whoever waits is let go when it ends.
    changes.close();
    long from = System.nanoTime();
    assertThat(changes.after(InspectBounds.CHANGES + 1, Duration.ofMinutes(5)).items()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofMinutes(4));
  }

  @Test
  void weighingAddsUp() throws Exception {
    send("POST", "/operator/inspect/weight", inspect, null);
    JsonNode weight = get("/weight", inspect);
    long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (weight.path("state").asString().equals("running") && System.nanoTime() < until) {
      Thread.sleep(20);
      weight = get("/weight", inspect);
    }
    assertThat(weight.path("state").asString()).isEqualTo("done");
    long items = 0;
    for (JsonNode each : weight.path("weights")) {
      items += each.path("items").asLong();
      boolean isRow = each.path("entity").asString("").equals("row");
      assertThat(each.path("inIndex").asLong()).isEqualTo(isRow ? each.path("items").asLong() : 0);
    }
    assertThat(items).isEqualTo(weight.path("items").asLong()).isGreaterThan(200);
    assertThat(get("/units", inspect).path("patterns").size()).isPositive();
  }

  /// Each bound at its edge, and beyond it.
  @Test
  void whatIsNoQuestionIsToldSo() throws Exception {
    String most = "x".repeat(1_023) + "#";
    assertThat(get("/collection?of=" + word(most), inspect).path("index").size()).isZero();
    for (String bad :
        List.of(
            "/collection",
            "/collection?of=",
            "/collection?of=" + word(most + "x"),
            "/collection?of=nobody_has_this",
            "/collection?of=%F0%28",
            "/collection?of=ann&ascending=maybe",
            "/collection?of=ann&from=nonsense",
            "/collection?of=ann&from=" + cursor("U#somebody"),
            "/collections?from=e30",
            "/collections?texts=1",
            "/changes?after=-1",
            "/changes?wait=21",
            "/changes?after=1000000000000000")) {
      HttpResponse<String> response = send("GET", "/operator/inspect" + bad, inspect, null);
      assertThat(response.statusCode()).as(bad + response.body()).isEqualTo(422);
      assertThat(response.body()).contains("validation_failed");
    }
    for (String bad :
        List.of(
            "{\"pattern\":\"no-such\",\"arguments\":[]}",
            "{\"pattern\":\"log-end\",\"arguments\":[]}",
            "{\"pattern\":\"log-end\",\"arguments\":[\"nonsense\"]}",
            "{\"pattern\":\"log-end\",\"arguments\":[\"" + "x".repeat(129) + "\"]}",
            "{\"pattern\":\"log-end\",\"arguments\":[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]}",
            "{\"pattern\":\"log-end\"}")) {
      HttpResponse<String> response = send("POST", "/operator/inspect/runs", inspect, bad);
      assertThat(response.statusCode()).as(bad + response.body()).isEqualTo(422);
    }
  }

  private static String cursor(String pk) {
    return Cursor.of(
        Map.of(
            TableDesign.PK,
            software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(pk),
            TableDesign.SK,
            software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS("PROFILE")));
  }
}
