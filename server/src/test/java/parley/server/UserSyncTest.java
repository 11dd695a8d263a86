package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import parley.messaging.account.Identity;
import parley.messaging.account.Introduction;
import parley.messaging.account.SessionToken;
import parley.messaging.operator.Actor;
import parley.messaging.operator.AuditEntry;
import parley.messaging.operator.Scope;
import parley.messaging.operator.Users;
import parley.store.TableAdmin.Capacity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A product keeps its own list of people and the accounts here in step, over the operator's side:
/// two servers on one table, one of which it speaks to.
class UserSyncTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ISSUER = "https://id.example.com";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

  private static Deployment deployment;
  private static ParleyServer server;
  private static ParleyServer other;
  private static String operator;

  @BeforeAll
  static void start() throws Exception {
    deployment =
        Deployment.open(
            new Settings(new Storage.InMemory(), "parley", new Capacity.OnDemand(), null));
    server = started();
    other = started();
    operator = Tokens.of(server, "sync", Scope.USERS, Duration.ofDays(1));
  }

  private static ParleyServer started() throws Exception {
    return ParleyServer.start(
        deployment,
        new Listen("127.0.0.1", 0, OptionalInt.empty(), Browsers.LOCAL, Limiting.OFF)
            .withOperator("127.0.0.1", 0),
        () -> Instant.now().plus(AHEAD.get()));
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    other.close();
    server.close();
    deployment.close();
  }

  private static HttpResponse<String> send(
      ParleyServer to, boolean asOperator, String method, String path, String token, String body)
      throws Exception {
    int port = asOperator ? to.operatorPort() : to.port();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> sync(String method, String query, String body)
      throws Exception {
    return send(server, true, method, "/operator/users" + query, operator, body);
  }

  private static JsonNode synced(int status, String method, String query, String body)
      throws Exception {
    HttpResponse<String> response = sync(method, query, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body());
  }

  private static String who(String subject) {
    return "?issuer="
        + URLEncoder.encode(ISSUER, StandardCharsets.UTF_8)
        + "&subject="
        + URLEncoder.encode(subject, StandardCharsets.UTF_8);
  }

  private static String wanted(String subject, String handle, String name) {
    return "{\"issuer\":\"%s\",\"subject\":\"%s\",\"handle\":\"%s\",\"displayName\":\"%s\"}"
        .formatted(ISSUER, subject, handle, name);
  }

  private static HttpResponse<String> signIn(ParleyServer at, String handle, String password)
      throws Exception {
    return send(
        at,
        false,
        "POST",
        "/api/sessions",
        "",
        "{\"handle\":\"%s\",\"password\":\"%s\"}".formatted(handle, password));
  }

  private static int me(ParleyServer at, String token) throws Exception {
    return send(at, false, "GET", "/api/me", token, "").statusCode();
  }

  /// A token of somebody new, who has a password.
  private static String signedUp(String handle) throws Exception {
    HttpResponse<String> made =
        send(
            server,
            false,
            "POST",
            "/api/accounts",
            "",
            "{\"handle\":\"%s\",\"displayName\":\"%s\",\"password\":\"%s\"}"
                .formatted(handle, handle, Running.PASSWORD));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return JSON.readTree(made.body()).path("token").asString();
  }

  @Test
  void anAccountIsMadeOnceAndIsTheOneThatASignInFinds() throws Exception {
    JsonNode made = synced(201, "POST", "", wanted("c 1/#e?", "Carol", "Carol C."));
    assertThat(made.path("handle").asString()).isEqualTo("carol");
    assertThat(made.path("displayName").asString()).isEqualTo("Carol C.");
    assertThat(made.path("disabled").asBoolean()).isFalse();
    assertThat(made.path("erasesAt").isNull()).isTrue();
    // Again, with other wishes: it is there, and is left as it is.
    JsonNode again = synced(200, "POST", "", wanted("c 1/#e?", "other", "Other"));
    assertThat(again).isEqualTo(made);
    // The handle is taken for the next, and the answer says which one they have.
    assertThat(synced(201, "POST", "", wanted("c2", "carol", "C. Two")).path("handle").asString())
        .isEqualTo("carol2");
    // A wish that can be no handle is made to fit, as at a sign-in; an address is not told.
    assertThat(synced(201, "POST", "", wanted("c3", "Zoë.B", "Z")).path("handle").asString())
        .isEqualTo("zoe_b");
    assertThat(
            synced(201, "POST", "", wanted("c4", "carol@example.com", "C"))
                .path("handle")
                .asString())
        .isEqualTo("user");
    assertThat(
            synced(201, "POST", "", "{\"issuer\":\"%s\",\"subject\":\"c5\"}".formatted(ISSUER))
                .path("handle")
                .asString())
        .isEqualTo("user2");
    var introduced =
        server
            .services()
            .operators()
            .users()
            .create(
                new Identity(ISSUER, "c 1/#e?"),
                Introduction.of("x", "y"),
                List.of(),
                Actor.commandLine("root"));
    assertThat(((Users.Created.Done) introduced).account().id().value())
        .isEqualTo(made.path("id").asString());
  }

  @Test
  void somebodyIsNamedByWhatTheProductHas() throws Exception {
    JsonNode dana = synced(201, "POST", "", wanted("d1", "dana", "Dana"));
    String id = dana.path("id").asString();
    for (String query : List.of(who("d1"), "?id=" + id, "?handle=dana", "?handle=DANA")) {
      assertThat(synced(200, "GET", query, "")).as(query).isEqualTo(dana);
    }
    for (String query :
        List.of(who("d9"), "?id=u-short", "?id=u-" + "b".repeat(26), "?handle=nobody_is")) {
      assertThat(synced(404, "GET", query, "").path("code").asString())
          .as(query)
          .isEqualTo("account_unknown");
      assertThat(sync("PATCH", query, "{\"disabled\":true}").statusCode()).isEqualTo(404);
      assertThat(sync("DELETE", query, "").statusCode()).isEqualTo(404);
    }
    for (String query :
        List.of("", "?id=" + id + "&handle=dana", "?issuer=https://id.example.com", "?subject=a")) {
      assertThat(sync("GET", query, "").statusCode()).as(query).isEqualTo(422);
      assertThat(sync("DELETE", query, "").statusCode()).as(query).isEqualTo(422);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"issuer\":1,\"subject\":\"s\"}",
        "{\"issuer\":\"https://id.example.com\"}",
        "{\"issuer\":\"https://id.example.com\",\"subject\":\"\"}",
        "{\"issuer\":\"https://id.example.com?a\",\"subject\":\"s\"}",
        "{\"issuer\":\"javascript:alert(1)\",\"subject\":\"s\"}",
        "{\"issuer\":\"https://id.example.com\",\"subject\":\"a\\u0000b\"}",
        "{\"issuer\":\"https://id.example.com\",\"subject\":\"s\",\"admin\":true}",
        "{\"issuer\":\"https://id.example.com\",\"subject\":\"s\",\"handle\":[]}"
      })
  void whatIsNoAccountIsRefusedAndMakesNone(String body) throws Exception {
    assertThat(sync("POST", "", body).statusCode()).isIn(400, 422);
    assertThat(sync("GET", who("s"), "").statusCode()).isEqualTo(404);
  }

  @Test
  void handleAndNameAreChanged() throws Exception {
    synced(201, "POST", "", wanted("e1", "erin", "Erin"));
    synced(201, "POST", "", wanted("e2", "eve", "Eve"));
    for (int i = 0; i < 2; i++) {
      JsonNode changed =
          synced(200, "PATCH", who("e1"), "{\"handle\":\"erin_b\",\"displayName\":\"Erin B.\"}");
      assertThat(changed.path("handle").asString()).isEqualTo("erin_b");
      assertThat(changed.path("displayName").asString()).isEqualTo("Erin B.");
    }
    assertThat(synced(409, "PATCH", who("e2"), "{\"handle\":\"erin_b\"}").path("code").asString())
        .isEqualTo("handle_taken");
    // The old one is kept for its owner.
    assertThat(sync("PATCH", who("e2"), "{\"handle\":\"erin\"}").statusCode()).isEqualTo(409);
    assertThat(sync("PATCH", who("e2"), "{\"handle\":\"no good\"}").statusCode()).isEqualTo(422);
    assertThat(sync("PATCH", who("e2"), "{\"disabled\":\"yes\"}").statusCode()).isEqualTo(422);
    assertThat(synced(200, "PATCH", who("e2"), "{}").path("handle").asString()).isEqualTo("eve");
    for (String handle : List.of("erin_c", "erin_d")) {
      synced(200, "PATCH", "?handle=" + nameOf("e1"), handleTo(handle));
    }
    assertThat(synced(409, "PATCH", who("e1"), handleTo("erin_e")).path("code").asString())
        .isEqualTo("handle_changed_too_often");
  }

  private static String nameOf(String subject) throws Exception {
    return synced(200, "GET", who(subject), "").path("handle").asString();
  }

  private static String handleTo(String handle) {
    return "{\"handle\":\"" + handle + "\"}";
  }

  @Test
  void whoIsDisabledIsLetInNowhereAndLosesNothing() throws Exception {
    String finns = signedUp("finn");
    String gretas = signedUp("greta");
    String elsewhere =
        JSON.readTree(signIn(other, "finn", Running.PASSWORD).body()).path("token").asString();
    assertThat(me(other, finns)).isEqualTo(200);
    assertThat(me(other, elsewhere)).isEqualTo(200);
    JsonNode disabled = synced(200, "PATCH", "?handle=finn", "{\"disabled\":true}");
    assertThat(disabled.path("disabled").asBoolean()).isTrue();
    assertThat(synced(200, "PATCH", "?handle=finn", "{\"disabled\":true}")).isEqualTo(disabled);
    // Here at once, elsewhere as soon as what is remembered there is too old, stream or no stream.
    assertThat(me(server, finns)).isEqualTo(401);
    AHEAD.set(AHEAD.get().plus(Limits.ACCOUNT_STALENESS));
    assertThat(me(other, finns)).isEqualTo(401);
    assertThat(me(other, elsewhere)).isEqualTo(401);
    for (ParleyServer at : List.of(server, other)) {
      HttpResponse<String> right = signIn(at, "finn", Running.PASSWORD);
      assertThat(right.statusCode()).isEqualTo(403);
      assertThat(right.body()).contains("\"code\":\"account_disabled\"").contains("Ask them");
      // Who does not prove to be them is told what anybody is told.
      assertThat(signIn(at, "finn", "a wrong password").body())
          .contains("\"code\":\"credentials_wrong\"");
    }
    // A session that was under way when it happened lets nobody in either.
    var started =
        server
            .services()
            .sessions()
            .start(
                server
                    .services()
                    .operators()
                    .users()
                    .find(new Users.Whom.WithHandle(new parley.messaging.account.Handle("finn"))));
    assertThat(me(other, started.token().value())).isEqualTo(401);
    // Others do not find them; what they write to them waits, as for anybody who is not there.
    assertThat(find(gretas, "finn")).isEmpty();
    String talk =
        JSON.readTree(
                send(
                        server,
                        false,
                        "POST",
                        "/api/conversations",
                        gretas,
                        "{\"participants\":[\"finn\"]}")
                    .body())
            .path("id")
            .asString();
    HttpResponse<String> sent =
        send(
            server,
            false,
            "POST",
            "/api/conversations/" + talk + "/messages",
            gretas,
            "{\"clientId\":\"%s\",\"text\":\"are you there?\"}"
                .formatted(Running.clientId(Instant.now().plus(AHEAD.get()))));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    assertThat(
            synced(200, "PATCH", "?handle=finn", "{\"disabled\":false}")
                .path("disabled")
                .asBoolean())
        .isFalse();
    HttpResponse<String> back = signIn(server, "finn", Running.PASSWORD);
    assertThat(back.statusCode()).as(back.body()).isEqualTo(201);
    String token = JSON.readTree(back.body()).path("token").asString();
    assertThat(
            send(server, false, "GET", "/api/conversations/" + talk + "/messages", token, "")
                .body())
        .contains("are you there?");
    assertThat(find(gretas, "finn")).hasSize(1);
    // Sessions from before stay over, and so does the one that began meanwhile.
    assertThat(me(server, finns)).isEqualTo(401);
    assertThat(server.services().sessions().who(new SessionToken(elsewhere))).isNull();
  }

  private static JsonNode find(String token, String prefix) throws Exception {
    return JSON.readTree(
            send(server, false, "GET", "/api/accounts?prefix=" + prefix, token, "").body())
        .path("items");
  }

  @Test
  void whoIsDeletedIsErased() throws Exception {
    synced(201, "POST", "", wanted("h1", "hugo", "Hugo"));
    assertThat(sync("DELETE", who("h1") + "&days=31", "").statusCode()).isEqualTo(422);
    assertThat(sync("DELETE", who("h1") + "&days=-1", "").statusCode()).isEqualTo(422);
    Instant before =
        Instant.now().plus(AHEAD.get()).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    JsonNode asked = synced(200, "DELETE", who("h1") + "&days=30", "");
    assertThat(asked.path("code").asString()).matches("e-[a-z2-7]{26}");
    assertThat(Instant.parse(asked.path("dueAt").asString()))
        .isBetween(
            before.plus(Duration.ofDays(30)),
            Instant.now().plus(AHEAD.get()).plus(Duration.ofDays(30)));
    JsonNode again = synced(200, "DELETE", who("h1"), "");
    assertThat(again.path("code").isNull()).isTrue();
    assertThat(again.path("dueAt")).isEqualTo(asked.path("dueAt"));
    assertThat(synced(200, "GET", who("h1"), "").path("erasesAt")).isEqualTo(asked.path("dueAt"));
    synced(201, "POST", "", wanted("h2", "henk", "Henk"));
    JsonNode usual = synced(200, "DELETE", who("h2"), "");
    assertThat(Instant.parse(usual.path("dueAt").asString()))
        .isBetween(
            before.plus(Duration.ofDays(7)),
            Instant.now().plus(AHEAD.get()).plus(Duration.ofDays(7)));
  }

  @Test
  void aSubjectThatIsGoneSignsNobodyInAndErasesNobody() throws Exception {
    JsonNode made = synced(201, "POST", "", wanted("j1", "jill", "Jill"));
    String gone = "/operator/identities" + who("j1");
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response = send(server, true, "DELETE", gone, operator, "");
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(JSON.readTree(response.body()).path("id")).isEqualTo(made.path("id"));
    }
    assertThat(synced(409, "POST", "", wanted("j1", "jill", "Jill")).path("code").asString())
        .isEqualTo("identity_gone");
    assertThat(synced(200, "GET", who("j1"), "").path("id")).isEqualTo(made.path("id"));
    String nobodys = "/operator/identities" + who("j2");
    assertThat(send(server, true, "DELETE", nobodys, operator, "").statusCode()).isEqualTo(404);
    String half = "/operator/identities?issuer=https://id.example.com";
    assertThat(send(server, true, "DELETE", half, operator, "").statusCode()).isEqualTo(422);
    assertThat(server.services().operators().trail(null))
        .filteredOn(line -> line.action() == AuditEntry.Action.IDENTITY_GONE)
        .extracting(AuditEntry::subject)
        .containsOnly(made.path("id").asString());
  }

  @Test
  void theTrailTellsOfEach() throws Exception {
    String id = synced(201, "POST", "", wanted("i1", "ivy", "Ivy")).path("id").asString();
    synced(200, "POST", "", wanted("i1", "ivy", "Ivy"));
    synced(200, "PATCH", who("i1"), "{\"displayName\":\"Ivy I.\"}");
    synced(200, "PATCH", who("i1"), "{\"disabled\":true}");
    synced(200, "PATCH", who("i1"), "{\"disabled\":false}");
    synced(200, "DELETE", who("i1"), "");
    synced(200, "DELETE", who("i1"), "");
    assertThat(server.services().operators().trail(null))
        .filteredOn(line -> line.subject().equals(id))
        .extracting(AuditEntry::action)
        .containsExactly(
            AuditEntry.Action.ERASURE_ASKED,
            AuditEntry.Action.USER_ENABLED,
            AuditEntry.Action.USER_DISABLED,
            AuditEntry.Action.USER_CHANGED,
            AuditEntry.Action.USER_CREATED);
    assertThat(server.services().operators().trail(null).toString()).doesNotContain("i1\"");
  }
}
