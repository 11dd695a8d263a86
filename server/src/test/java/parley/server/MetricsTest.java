package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messaging.operator.Scope;
import parley.server.webhook.EventKind;
import parley.server.webhook.WebhookSecret;
import parley.server.webhook.WebhookSettings;
import parley.store.AccessPattern;
import parley.store.TableAdmin.Capacity;

/// What a server counts: that it is what docs/operations.md says, and has few labels.
class MetricsTest {
  private static final Path DOCUMENT = Path.of("../docs/operations.md");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Deployment deployment =
      Deployment.open(
          new Settings(new Storage.InMemory(), "parley", new Capacity.OnDemand(), null));
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private ParleyServer server;
  private String token;

  @BeforeEach
  void start() throws IOException {
    server =
        ParleyServer.start(
            deployment,
            new Listen("127.0.0.1", 0, OptionalInt.empty())
                .withOperator("127.0.0.1", 0)
                .withWebhooks(List.of(nowhere())),
            () -> Instant.now().plus(ahead.get()));
    token = Tokens.of(server, "test", Scope.METRICS, Duration.ofDays(30));
  }

  /// An endpoint on this machine: no request goes there.
  private static WebhookSettings nowhere() {
    WebhookSecret secret = WebhookSecret.parse("whsec_" + "A".repeat(32)).orThrow();
    return new WebhookSettings(
        "hook",
        URI.create("https://127.0.0.1:1/"),
        List.of(secret),
        Set.of(EventKind.values()),
        false);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    deployment.close();
  }

  private HttpResponse<String> send(
      int port, String method, String path, String bearer, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String metrics() throws Exception {
    HttpResponse<String> response = send(server.operatorPort(), "GET", "/metrics", token, "");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private void use() throws Exception {
    int port = server.port();
    String ann = annAndBen();
    String messages = opened(ann) + "/messages";
    String message = "{\"clientId\":\"%s\",\"text\":\"Hello\"}".formatted(Running.clientId());
    assertThat(send(port, "POST", messages, ann, message).statusCode()).isEqualTo(201);
    assertThat(send(port, "POST", messages, ann, message).statusCode()).isEqualTo(200);
    send(port, "POST", "/api/sessions", "", "{\"handle\":\"ann\",\"password\":\"wrong one\"}");
    // Whatever strangers send adds no label.
    for (int i = 0; i < 5; i++) {
      send(port, "GET", "/api/nothing" + i, "", "");
      send(port, "M" + i, "/api/me", "", "");
    }
    // Until the smallest limit is used up, which fills again while this goes on.
    int status = 0;
    for (int i = 0; i < 1_000 && status != 429; i++) {
      status = send(port, "POST", "/api/sessions", "", "{}").statusCode();
    }
    assertThat(status).isEqualTo(429);
  }

  /// Ann's session.
  private String annAndBen() throws Exception {
    String signUp = "{\"handle\":\"%s\",\"displayName\":\"A\",\"password\":\"rowing at dawn\"}";
    String made = send(server.port(), "POST", "/api/accounts", "", signUp.formatted("ann")).body();
    send(server.port(), "POST", "/api/accounts", "", signUp.formatted("ben"));
    return first(made, "\"token\":\"([^\"]+)\"");
  }

  /// Where the conversation of both is.
  private String opened(String ann) throws Exception {
    String both = "{\"participants\":[\"ben\"]}";
    String opened = send(server.port(), "POST", "/api/conversations", ann, both).body();
    return "/api/conversations/" + first(opened, "\"id\":\"(c-[^\"]+)\"");
  }

  private static String first(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError(pattern + " is not in " + text));
  }

  @Test
  void everyMetricIsInTheDocumentAndNoOther() throws Exception {
    use();
    Set<String> there =
        Pattern.compile("^# TYPE (\\S+) ", Pattern.MULTILINE)
            .matcher(metrics())
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> told =
        Pattern.compile("^\\| `([a-z0-9_]+)` \\|", Pattern.MULTILINE)
            .matcher(section(Files.readString(DOCUMENT), "## Metrics"))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(told).isEqualTo(there);
  }

  static String section(String document, String heading) {
    int from = document.indexOf(heading + "\n");
    assertThat(from).as(heading).isGreaterThanOrEqualTo(0);
    int to = document.indexOf("\n## ", from + heading.length());
    return to < 0 ? document.substring(from) : document.substring(from, to);
  }

  @Test
  void labelsHaveFewValues() throws Exception {
    use();
    var values = new TreeMap<String, Set<String>>();
    for (MatchResult label :
        Pattern.compile("([a-z_]+)=\"([^\"]*)\"").matcher(metrics()).results().toList()) {
      values.computeIfAbsent(label.group(1), _ -> new TreeSet<>()).add(label.group(2));
    }
    assertThat(values.keySet())
        .containsExactlyInAnyOrder(
            "area",
            "cache",
            "endpoint",
            "gc",
            "id",
            "le",
            "limit",
            "outcome",
            "pattern",
            "route",
            "state",
            "status");
    assertThat(values.get("cache")).containsExactly("accounts", "sessions", "tails");
    assertThat(values.get("pattern"))
        .hasSize(AccessPattern.values().length)
        .allSatisfy(name -> AccessPattern.valueOf(name.toUpperCase(Locale.ROOT)));
    assertThat(values.get("route"))
        .contains("none", "signUp", "signIn", "openConversation", "sendMessage")
        .allSatisfy(route -> assertThat(route).matches("[a-zA-Z]+"));
    assertThat(values.get("status"))
        .allSatisfy(status -> assertThat(status).matches("[1-5]\\d\\d"));
    assertThat(values.get("outcome"))
        .contains("done", "repeated", "credentials_wrong", "rate_limited");
    assertThat(values.get("limit")).containsExactly("sign-in-address");
  }

  @Test
  void theyCountWhatHappens() throws Exception {
    metrics();
    // What is counted stays counted.
    System.gc();
    use();
    String metrics = metrics();
    assertThat(metrics.lines().filter(line -> line.startsWith("parley_")))
        .noneMatch(line -> line.endsWith("NaN"));
    assertThat(
            Double.parseDouble(first(metrics, "parley_cache_hits_total\\{cache=\"tails\"} (\\S+)")))
        .isPositive();
    assertThat(metrics)
        .contains("parley_sends_total{outcome=\"done\"} 1.0")
        .contains("parley_sends_total{outcome=\"repeated\"} 1.0")
        .contains("parley_sign_ins_total{outcome=\"credentials_wrong\"} 1.0")
        .contains("parley_table_requests_total{pattern=\"append\"} 1.0")
        .contains("parley_table_units_sampling 100.0")
        .contains("parley_append_conflicts_total 0.0")
        .contains("parley_retention_swept_total 0.0")
        .contains("parley_connections 0.0");
    assertThat(Double.parseDouble(first(metrics, "parley_rate_limited_total\\{[^}]*} (\\S+)")))
        .isPositive();
    // A machine that stood still for a moment is behind for a moment.
    for (int i = 0; i < 600 && behind() >= 5; i++) {
      Thread.sleep(100);
    }
    assertThat(behind()).isLessThan(5);
  }

  private double behind() throws Exception {
    return Double.parseDouble(first(metrics(), "(?m)^parley_stream_behind_seconds (\\S+)"));
  }

  @Test
  void theyCountTextsThatWereSwept() throws Exception {
    String ann = annAndBen();
    String talk = opened(ann);
    says(talk, ann);
    String days = "{\"clientId\":\"%s\",\"days\":1}".formatted(Running.clientId());
    HttpResponse<String> kept = send(server.port(), "PUT", talk + "/retention", ann, days);
    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      says(talk, ann);
    }
    assertThat(server.pump().awaitCaughtUp(Duration.ofSeconds(60))).isTrue();
    ahead.set(Duration.ofDays(3));
    // The server's own worker may have begun: whoever does a piece, it is counted.
    for (int i = 0; i < 1_200 && swept() < 5; i++) {
      boolean _ = server.services().sweeper().work();
      Thread.sleep(50);
    }
    assertThat(swept()).as("three messages, two previews").isEqualTo(5);
  }

  private void says(String talk, String token) throws Exception {
    String message = "{\"clientId\":\"%s\",\"text\":\"Hello\"}".formatted(Running.clientId());
    HttpResponse<String> sent = send(server.port(), "POST", talk + "/messages", token, message);
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
  }

  private double swept() throws Exception {
    return Double.parseDouble(first(metrics(), "(?m)^parley_retention_swept_total (\\S+)"));
  }
}
