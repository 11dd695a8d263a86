package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.messaging.account.Account;
import parley.messaging.account.SessionToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who may call what: every route, for everybody there is, as one table.
class PermissionMatrixTest {
  /// Everybody there is, in the order of the table's columns. Whoever shows a cookie is a member.
  private enum Who {
    NOBODY,
    STRANGER,
    MEMBER,
    ENDED,
    EXPIRED,
    GARBAGE,
    COOKIE_WITHOUT_ORIGIN,
    COOKIE_FOREIGN_ORIGIN,
    COOKIE_OWN_ORIGIN;

    boolean isOver() {
      return this == ENDED || this == EXPIRED || this == GARBAGE;
    }
  }

  /// A row is `operation` or `operation, variant`. Columns are those of [Who].
  private static final String EXPECTED =
      """
                           nobody  stranger  member  ended  expired  garbage  cookie:  none  foreign  own
      signUp                  201       201     201    201      201      201          201      201  201
      signUp, to a cookie     403       403     403    403      403      403          403      403  201
      signIn                  201       201     201    201      201      201          201      201  201
      signIn, to a cookie     403       403     403    403      403      403          403      403  201
      signInToDemo            403       403     403    403      403      403          403      403  201
      signOut                 401       204     204    401      401      401          403      403  204
      signOutEverywhere       401       204     204    401      401      401          403      403  204
      findAccounts            401       200     200    401      401      401          200      200  200
      getMe                   401       200     200    401      401      401          200      200  200
      changeMe                401       200     200    401      401      401          403      403  200
      changePassword          401       204     204    401      401      401          403      403  204
      askErasure              401       201     201    401      401      401          403      403  201
      takeErasureBack         401       204     204    401      401      401          403      403  404
      claimErasure            404       404     404    404      404      404          404      404  404
      askExport               401       409     409    401      401      401          403      403  409
      getExport               401       200     200    401      401      401          200      200  200
      fetchExport             404       404     404    404      404      404          404      404  404
      openConversation        401       200     200    401      401      401          403      403  200
      listConversations       401       200     200    401      401      401          200      200  200
      getConversation         401       404     200    401      401      401          200      200  200
      markRead                401       404     200    401      401      401          403      403  200
      listMessages            401       404     200    401      401      401          200      200  200
      sendMessage             401       404     201    401      401      401          403      403  201
      changeConversation      401       404     200    401      401      401          403      403  200
      deleteConversation      401       404     200    401      401      401          403      403  200
      keepMessages            401       404     200    401      401      401          403      403  200
      reportMessage           401       404     204    401      401      401          403      403  204
      editMessage             401       404     200    401      401      401          403      403  200
      unsendMessage           401       404     200    401      401      401          403      403  200
      listBlocks              401       200     200    401      401      401          200      200  200
      block                   401       204     204    401      401      401          403      403  204
      unblock                 401       204     204    401      401      401          403      403  204
      makeEventTicket         401       201     201    401      401      401          403      403  201
      goToProvider            404       404     404    404      404      404          404      404  404
      returnFromProvider      404       404     404    404      404      404          404      404  404
      getConfig               200       200     200    200      200      200          200      200  200
      isLive                  200       200     200    200      200      200          200      200  200
      isReady                 200       200     200    200      200      200          200      200  200
      getOpenApi              200       200     200    200      200      200          200      200  200
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NO_CONVERSATION = "c-" + "a".repeat(26);

  private static Running running;
  private static Account ann;
  private static Account ben;
  private static Account eve;
  private static String expired;
  private static String conversation;
  private static Map<String, Operation> operations;
  private static int made;
  private static long seq;
  private static long bens = 1;

  /// A route of the document.
  private record Operation(String method, String path) {}

  @BeforeAll
  static void start() throws Exception {
    running = new Running();
    ann = running.signUp("ann");
    running.setBehind(Duration.ofDays(31));
    expired = running.session(ann);
    running.setBehind(Duration.ZERO);
    ben = running.signUp("ben");
    eve = running.signUp("eve");
    running.server.invite(List.of(ann.id(), ben.id()));
    operations = operations();
    JsonNode opened =
        JSON.readTree(
            running
                .send(
                    "POST",
                    "/api/conversations",
                    Map.of("Authorization", "Bearer " + running.session(ann)),
                    "{\"participants\":[\"" + ben.handle().value() + "\"]}")
                .body());
    conversation = opened.path("id").asString();
    newMessage();
  }

  /// Lets ben send a message that ann sees, whatever earlier rows did, and remembers its number.
  private static void newMessageOfBens() throws IOException, InterruptedException {
    running.server.services().blocks().unblock(ann.id(), ben.id());
    HttpResponse<String> sent =
        running.send(
            "POST",
            operations.get("sendMessage").path().replace("{id}", conversation),
            bearer(running.session(ben)),
            body("sendMessage", false));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    bens = seq(sent);
  }

  private static long seq(HttpResponse<String> sent) {
    return JSON.readTree(sent.body()).path("seq").asLong();
  }

  /// Lets ann send another message, and remembers its number.
  private static void newMessage() throws IOException, InterruptedException {
    HttpResponse<String> sent = send("sendMessage", conversation, Who.MEMBER, "sendMessage");
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    seq = seq(sent);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static Map<String, Operation> operations() throws IOException, InterruptedException {
    JsonNode paths =
        JSON.readTree(running.send("GET", "/openapi.json", Map.of(), null).body()).path("paths");
    Map<String, Operation> operations = new TreeMap<>();
    for (String path : paths.propertyNames()) {
      for (String method : paths.path(path).propertyNames()) {
        operations.put(
            paths.path(path).path(method).path("operationId").asString(),
            new Operation(method.toUpperCase(Locale.ROOT), path));
      }
    }
    return operations;
  }

  private static Map<String, Map<Who, Integer>> expected() {
    Map<String, Map<Who, Integer>> expected = new TreeMap<>();
    for (String line : EXPECTED.lines().skip(1).toList()) {
      String[] cells = line.strip().split("\\s{2,}");
      Map<Who, Integer> row = new EnumMap<>(Who.class);
      assertThat(cells).as(line).hasSize(Who.values().length + 1);
      int column = 1;
      for (Who who : Who.values()) {
        row.put(who, Integer.parseInt(cells[column++]));
      }
      assertThat(expected.put(cells[0], row)).as(cells[0]).isNull();
    }
    return expected;
  }

  private static String operation(String row) {
    return row.split(", ", -1)[0];
  }

  /// The document's operations are those of the routes: a test of the contract holds it to that.
  @Test
  void everyRouteHasARow() {
    assertThat(withoutRow(operations.keySet())).isEmpty();
    assertThat(rows()).isEqualTo(operations.keySet());
  }

  @Test
  void aNewRouteWithoutARowIsFound() {
    Set<String> more = new TreeSet<>(operations.keySet());
    more.add("addedYesterday");
    assertThat(withoutRow(more)).containsExactly("addedYesterday");
    assertThat(operations).hasSizeGreaterThan(30);
  }

  private static Set<String> rows() {
    Set<String> rows = new TreeSet<>();
    expected().keySet().forEach(row -> rows.add(operation(row)));
    return rows;
  }

  private static Set<String> withoutRow(Set<String> routes) {
    Set<String> without = new TreeSet<>(routes);
    without.removeAll(rows());
    return without;
  }

  @Test
  void everybodyMayDoWhatTheTableSays() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, Map<Who, Integer>> row : expected().entrySet()) {
      for (Who who : Who.values()) {
        if (row.getKey().equals("unsendMessage")) {
          newMessage();
        }
        if (row.getKey().equals("reportMessage")) {
          newMessageOfBens();
        }
        HttpResponse<String> response =
            send(operation(row.getKey()), conversation, who, row.getKey());
        if (response.statusCode() != row.getValue().get(who)) {
          wrong.add(
              row.getKey() + " for " + who + ": " + response.statusCode() + " " + response.body());
        }
        if (response.statusCode() == 403) {
          assertThat(response.body()).contains("\"code\":\"origin_refused\"");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void somebodyElsesConversationIsLikeOneThatIsNotThere() throws Exception {
    Set<String> seen = new TreeSet<>();
    for (Map.Entry<String, Operation> operation : operations.entrySet()) {
      if (!operation.getValue().path().contains("{id}")) {
        continue;
      }
      seen.add(operation.getKey());
      Set<String> answers = new HashSet<>();
      for (String id : List.of(conversation, NO_CONVERSATION, "c-short", "c-" + "A".repeat(26))) {
        answers.add(shown(send(operation.getKey(), id, Who.STRANGER, operation.getKey())));
      }
      // Of a conversation that is not there, a member of others learns no more.
      answers.add(shown(send(operation.getKey(), NO_CONVERSATION, Who.MEMBER, operation.getKey())));
      assertThat(answers).as(operation.getKey()).hasSize(1);
      assertThat(answers.iterator().next()).contains("\"code\":\"conversation_not_found\"");
    }
    assertThat(seen).contains("getConversation", "listMessages", "markRead", "sendMessage");
  }

  @Test
  void aSessionThatIsOverIsLikeOneThatNeverWas() throws Exception {
    Set<String> answers = new HashSet<>();
    for (Who who : Who.values()) {
      if (who.isOver()) {
        answers.add(shown(send("getMe", conversation, who, "getMe")));
      }
    }
    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next()).contains("\"code\":\"token_invalid\"");
  }

  /// All that a client can tell two answers apart by.
  private static String shown(HttpResponse<String> response) {
    Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
    headers.remove("date");
    return response.statusCode() + " " + headers + " " + response.body();
  }

  private static HttpResponse<String> send(String name, String id, Who who, String row)
      throws IOException, InterruptedException {
    Operation operation = operations.get(name);
    Map<String, String> headers = new TreeMap<>(headers(who));
    headers.put("X-Request-Id", "same");
    String query =
        switch (name) {
          case "findAccounts" -> "?prefix=be";
          case "unsendMessage" -> "?clientId=" + Running.clientId();
          default -> "";
        };
    return running.send(
        operation.method(),
        operation
                .path()
                .replace("{id}", id)
                .replace("{code}", "x-" + "a".repeat(26))
                .replace("{seq}", Long.toString(seq))
                .replace("{userId}", ben.id().value())
                .replace("{provider}", "acme")
            + query,
        headers,
        body(name, row.endsWith("cookie")));
  }

  private static Map<String, String> headers(Who who) {
    Supplier<String> cookie = () -> "parley_session=" + running.session(ann);
    return switch (who) {
      case NOBODY -> Map.of();
      case STRANGER -> bearer(running.session(eve));
      case MEMBER -> bearer(running.session(ann));
      case ENDED -> bearer(ended());
      case EXPIRED -> bearer(expired);
      case GARBAGE -> bearer("ps_" + "a".repeat(43));
      case COOKIE_WITHOUT_ORIGIN -> Map.of("Cookie", cookie.get());
      case COOKIE_FOREIGN_ORIGIN ->
          Map.of("Cookie", cookie.get(), "Origin", "https://evil.example");
      case COOKIE_OWN_ORIGIN -> Map.of("Cookie", cookie.get(), "Origin", running.origin());
    };
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private static String ended() {
    String token = running.session(ann);
    running.server.services().sessions().end(new SessionToken(token).id());
    return token;
  }

  /// A body that each route takes, null for none.
  private static @Nullable String body(String operation, boolean toCookie) {
    String transport = toCookie ? ",\"transport\":\"cookie\"" : "";
    String password = Running.PASSWORD;
    return switch (operation) {
      case "signUp" ->
          "{\"handle\":\"new_%d\",\"displayName\":\"New\",\"password\":\"%s\"%s}"
              .formatted(made++, password, transport);
      case "signIn" -> "{\"handle\":\"ben\",\"password\":\"%s\"%s}".formatted(password, transport);
      case "signInToDemo" -> "{\"handle\":\"ben\"}";
      case "changeMe" -> "{\"displayName\":\"Another name\"}";
      case "changePassword" -> "{\"current\":\"%s\",\"new\":\"%s\"}".formatted(password, password);
      case "askErasure" -> "{\"password\":\"%s\"}".formatted(password);
      case "askExport" -> "{\"password\":\"%s\"}".formatted(password);
      case "claimErasure" -> "{\"code\":\"e-%s\"}".formatted("a".repeat(26));
      case "openConversation" -> "{\"participants\":[\"ben\"]}";
      case "changeConversation" -> "{\"folder\":\"archive\",\"muted\":true}";
      case "keepMessages" -> "{\"clientId\":\"%s\",\"days\":7}".formatted(Running.clientId());
      case "reportMessage" ->
          "{\"clientId\":\"%s\",\"seq\":%d,\"reason\":\"spam\"}"
              .formatted(Running.clientId(), bens);
      case "markRead" -> "{\"seq\":1}";
      case "sendMessage", "editMessage" ->
          "{\"clientId\":\"%s\",\"text\":\"Hello\"}".formatted(Running.clientId());
      default -> null;
    };
  }
}
