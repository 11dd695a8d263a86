package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.api.Observer;
import parley.api.OperatorApi;
import parley.api.Providers;
import parley.host.Services;
import parley.messaging.account.Account;
import parley.messaging.operator.Actor;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.OperatorPass;
import parley.messaging.operator.Operators;
import parley.messaging.operator.Scope;

/// Who may call what on the operator's side: every route, for everybody there is, as one table.
class OperatorPermissionTest {
  /// Everybody there is, in the order of the table's columns.
  private enum Who {
    NOBODY,
    GARBAGE,
    USER,
    EXPIRED,
    REVOKED,
    METRICS,
    ACCOUNTS,
    INSPECT,
    TEXTS,
    REPORTS,
    USERS,
    COMMAND_LINE,
    STALE_PASS,
    PASS_FOR_ANOTHER
  }

  private static final String EXPECTED =
      """
                                          nobody  garbage  user  expired  revoked  metrics  accounts  inspect  texts  reports  users  command line  stale pass  another's pass
      GET /metrics                        401     401      401   401      401      200      403       403      403    403      403    200           401         401
      GET /operator/tokens                401     401      401   401      401      403      403       403      403    403      403    200           401         401
      POST /operator/tokens               401     401      401   401      401      403      403       403      403    403      403    201           401         401
      DELETE /operator/tokens/{id}        401     401      401   401      401      403      403       403      403    403      403    404           401         401
      GET /operator/audit                 401     401      401   401      401      403      403       403      403    403      403    200           401         401
      GET /operator/reports               401     401      401   401      401      403      403       403      403    200      403    200           401         401
      PUT /operator/passwords/{handle}    401     401      401   401      401      403      200       403      403    403      403    200           401         401
      PUT /operator/identities/{handle}   401     401      401   401      401      403      200       403      403    403      403    200           401         401
      GET /operator/erasures              401     401      401   401      401      403      200       403      403    403      403    200           401         401
      POST /operator/erasures             401     401      401   401      401      403      404       403      403    403      403    404           401         401
      POST /operator/exports              401     401      401   401      401      403      404       403      403    403      403    404           401         401
      GET /operator/users                 401     401      401   401      401      403      403       403      403    403      422    422           401         401
      POST /operator/users                401     401      401   401      401      403      403       403      403    403      422    422           401         401
      PATCH /operator/users               401     401      401   401      401      403      403       403      403    403      422    422           401         401
      DELETE /operator/users              401     401      401   401      401      403      403       403      403    403      422    422           401         401
      DELETE /operator/identities         401     401      401   401      401      403      403       403      403    403      422    422           401         401
      GET /nowhere                        401     401      401   401      401      404      404       404      404    404      404    404           401         401
      POST /metrics                       401     401      401   401      401      405      405       405      405    405      405    405           401         401
      """;

  private static final Actor ROOT = Actor.commandLine("root");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static Deployment deployment;
  private static ParleyServer server;
  private static Map<Who, String> tokens;

  @BeforeAll
  static void start() throws Exception {
    deployment =
        Deployment.open(
            new Settings(
                new Storage.InMemory(),
                "parley",
                new parley.store.TableAdmin.Capacity.OnDemand(),
                null));
    server =
        ParleyServer.start(
            deployment,
            new Listen("127.0.0.1", 0, OptionalInt.empty(), Browsers.LOCAL, Limiting.OFF)
                .withOperator("127.0.0.1", 0),
            Instant::now);
    Account ann = signUp("ann");
    tokens = new EnumMap<>(Who.class);
    tokens.put(Who.GARBAGE, "po_" + "a".repeat(43));
    tokens.put(Who.USER, server.services().sessions().start(ann).token().value());
    tokens.put(Who.EXPIRED, expired());
    Operators.Issued revoked = issue(Scope.METRICS);
    server.services().operators().revoke(revoked.operator().id(), ROOT);
    tokens.put(Who.REVOKED, revoked.token().value());
    tokens.put(Who.METRICS, issue(Scope.METRICS).token().value());
    tokens.put(Who.ACCOUNTS, issue(Scope.ACCOUNTS).token().value());
    tokens.put(Who.INSPECT, issue(Scope.INSPECT).token().value());
    tokens.put(Who.TEXTS, issue(Scope.TEXTS).token().value());
    tokens.put(Who.REPORTS, issue(Scope.REPORTS).token().value());
    tokens.put(Who.USERS, issue(Scope.USERS).token().value());
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    server.close();
    deployment.close();
  }

  private static Account signUp(String handle) {
    var owner = new parley.messaging.account.Handle(handle);
    var name = new parley.messaging.account.DisplayName(handle);
    var password = parley.messaging.account.Password.parse(Running.PASSWORD, owner, name).orThrow();
    var outcome =
        server
            .services()
            .accounts()
            .signUp(owner, name, password, parley.messaging.account.Source.HERE);
    return ((parley.messaging.account.SignUp.Created) outcome).account();
  }

  private static Operators.Issued issue(Scope scope) {
    return server
        .services()
        .operators()
        .issue(new OperatorName("test"), Set.of(scope), Duration.ofDays(1), ROOT);
  }

  /// A token of the same table, made by a clock that is two days behind.
  private static String expired() {
    Services earlier = deployment.services(() -> Instant.now().minus(Duration.ofDays(2)));
    return earlier
        .operators()
        .issue(new OperatorName("old"), Set.of(Scope.METRICS), Duration.ofDays(1), ROOT)
        .token()
        .value();
  }

  private static Map<String, Map<Who, Integer>> expected() {
    Map<String, Map<Who, Integer>> expected = new TreeMap<>();
    for (String line : EXPECTED.lines().skip(1).toList()) {
      String[] cells = line.strip().split("\\s{2,}");
      assertThat(cells).as(line).hasSize(Who.values().length + 1);
      Map<Who, Integer> row = new EnumMap<>(Who.class);
      int column = 1;
      for (Who who : Who.values()) {
        row.put(who, Integer.parseInt(cells[column++]));
      }
      expected.put(cells[0], row);
    }
    return expected;
  }

  @Test
  void everyRouteHasARow() {
    OperatorApi api =
        new OperatorApi(
            server.services().operators(), () -> "", Providers.NONE, null, Set.of(), Observer.NONE);
    assertThat(expected().keySet()).containsAll(api.routes());
    assertThat(expected()).hasSize(api.routes().size() + 2);
  }

  @Test
  void everybodyMayDoWhatTheTableSays() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (var row : expected().entrySet()) {
      String method = row.getKey().split(" ", -1)[0];
      String path =
          row.getKey()
              .split(" ", -1)[1]
              .replace("{id}", "o-" + "a".repeat(26))
              .replace("{handle}", "ann");
      for (Who who : Who.values()) {
        HttpResponse<String> response = send(method, path, shown(who, method, path), Map.of());
        if (response.statusCode() != row.getValue().get(who)) {
          wrong.add(
              row.getKey() + " for " + who + ": " + response.statusCode() + " " + response.body());
        }
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
        if (response.statusCode() >= 400) {
          assertThat(response.headers().firstValue("Content-Type"))
              .hasValue("application/problem+json");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static @Nullable String shown(Who who, String method, String path) {
    return switch (who) {
      case NOBODY -> null;
      case COMMAND_LINE ->
          OperatorPass.make(deployment.secret(), method, path, Instant.now(), "root");
      case STALE_PASS ->
          OperatorPass.make(
              deployment.secret(), method, path, Instant.now().minusSeconds(31), "root");
      case PASS_FOR_ANOTHER ->
          OperatorPass.make(deployment.secret(), "PURGE", path, Instant.now(), "root");
      default -> tokens.get(who);
    };
  }

  private static HttpResponse<String> send(
      String method, String path, @Nullable String token, Map<String, String> headers)
      throws IOException, InterruptedException {
    String body =
        switch (method) {
          case "PATCH" -> "{}";
          case "POST" ->
              path.endsWith("/users")
                  ? "{\"issuer\":\"nowhere\",\"subject\":\"s2\"}"
                  : path.endsWith("/erasures")
                      ? "{\"handle\":\"nobody_here\",\"days\":0}"
                      : path.endsWith("/exports")
                          ? "{\"handle\":\"nobody_here\"}"
                          : "{\"name\":\"made\",\"scopes\":[\"metrics\"],\"seconds\":3600}";
          case "PUT" ->
              path.contains("/identities/")
                  ? "{\"issuer\":\"https://id.example.com\",\"subject\":\"s1\"}"
                  : "{\"password\":\"another good one\"}";
          default -> null;
        };
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.operatorPort() + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    headers.forEach(request::header);
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aForeignHostOrOriginGetsNothingHoweverGoodTheToken() throws Exception {
    String token = tokens.get(Who.METRICS);
    int port = server.operatorPort();
    for (String host :
        List.of("evil.example", "evil.example:" + port, "localhost.evil.example", "10.0.0.1")) {
      assertThat(raw("GET /metrics HTTP/1.1\r\nHost: " + host, token)).as(host).contains(" 421 ");
    }
    for (String host : List.of("localhost", "localhost:" + port, "127.0.0.1:1", "[::1]")) {
      assertThat(raw("GET /metrics HTTP/1.1\r\nHost: " + host, token)).as(host).contains(" 200 ");
    }
    for (String origin : List.of("https://evil.example", "null", "http://localhost:1")) {
      assertThat(
              raw(
                  "GET /metrics HTTP/1.1\r\nHost: localhost:" + port + "\r\nOrigin: " + origin,
                  token))
          .as(origin)
          .contains(" 403 ");
    }
    assertThat(
            raw(
                "OPTIONS /metrics HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
                    + "Access-Control-Request-Method: GET",
                token))
        .contains(" 403 ")
        .doesNotContainIgnoringCase("access-control");
  }

  private static String raw(String head, String token) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.operatorPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              (head + "\r\nAuthorization: Bearer " + token + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
