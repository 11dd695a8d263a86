package parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.api.Api;
import parley.api.Origin;
import parley.api.Origins;
import parley.api.RateLimits;
import parley.api.Readiness;
import parley.api.Traffic;
import parley.api.TrustedProxies;
import parley.api.UseCases;
import parley.messaging.Secret;
import parley.messaging.event.Audience;

/// Requests as they come from outside, well-formed or not. Nothing here needs a store.
class HttpHostTest {
  private static final String HOST = "127.0.0.1";

  private final AtomicReference<Readiness> readiness = new AtomicReference<>(() -> true);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpHost host;

  @SuppressWarnings("NullAway") // whatever reaches for a use case fails, and should
  private static Api api(Readiness readiness) {
    return new Api(
        new UseCases(null, null, null, null, null, null, null, null, null, null, null, null),
        new Secret("x".repeat(32).getBytes(StandardCharsets.US_ASCII)),
        readiness,
        new Origins(null, Set.of(new Origin("https://other.example"))),
        new Traffic(RateLimits.off(), TrustedProxies.NONE));
  }

  @SuppressWarnings("NullAway") // nobody comes
  private static Audience nobody() {
    return new Audience(null, null, null, InstantSource.system());
  }

  @BeforeEach
  void start() throws IOException {
    host = HttpHost.start(HOST, 0, api(() -> readiness.get().storeAnswers()), nobody());
  }

  @AfterEach
  void stop() {
    client.close();
    host.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + host.port() + path))
        .timeout(Duration.ofSeconds(60));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> signIn(HttpRequest.BodyPublisher body) throws Exception {
    return send(to("/api/sessions").header("Content-Type", "application/json").POST(body));
  }

  private static void isProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(response.body())
        .contains("\"code\":\"" + code + "\"")
        .contains(
            "\"requestId\":\"" + response.headers().firstValue("X-Request-Id").orElseThrow() + '"');
  }

  /// The head of a request: these lines and an empty one.
  private static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  /// The head of a sign-in with these lines more.
  private static String posting(String... lines) {
    return "POST /api/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + head(lines);
  }

  private static final String LIVE =
      head("GET /health/live HTTP/1.1", "Host: a", "Connection: close");

  /// Sends bytes as they are and returns all that comes back until the server hangs up.
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void isProblem(String response, int status, String code) {
    assertThat(response)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("Content-Type: application/problem+json")
        .contains("X-Request-Id: ")
        .contains("\"code\":\"" + code + "\"");
  }

  @Test
  void everyPathIsTheContracts() throws Exception {
    HttpResponse<String> live = send(to("/health/live"));
    assertThat(live.statusCode()).isEqualTo(200);
    assertThat(live.body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(live.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(send(to("/openapi.json")).body()).startsWith("{").contains("\"3.1.0\"");
    isProblem(send(to("/")), 404, "web_client_missing");
    isProblem(send(to("/api/%6de?x=%20")), 404, "route_not_found");
    isProblem(send(to("/api/me").header("X-Request-Id", "mine-1")), 401, "token_missing");
    isProblem(
        send(to("/api/me").method("BREW", HttpRequest.BodyPublishers.noBody())),
        405,
        "method_not_allowed");
  }

  @Test
  void aHeadHasTheHeadersOfAGetAndNoBody() throws Exception {
    HttpResponse<String> get = send(to("/openapi.json"));
    HttpResponse<String> head =
        send(to("/openapi.json").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"));
    String both = raw(head("HEAD /openapi.json HTTP/1.1", "Host: a") + LIVE);
    assertThat(both).doesNotContain("openapi").endsWith("{\"status\":\"ok\"}");
  }

  @Test
  void anAnswerWithoutContentHasNoLengthEither() throws Exception {
    String preflight =
        head(
            "OPTIONS /api/me HTTP/1.1",
            "Host: a",
            "Origin: https://other.example",
            "Access-Control-Request-Method: GET");
    String both = raw(preflight + LIVE);
    assertThat(both).startsWith("HTTP/1.1 204 No Content\r\n").endsWith("{\"status\":\"ok\"}");
    assertThat(both.substring(0, both.indexOf("\r\n\r\n")))
        .contains("\r\nAccess-Control-Allow-Origin: https://other.example\r\n")
        .doesNotContainIgnoringCase("Content-Length")
        .doesNotContainIgnoringCase("Transfer-Encoding");
  }

  @Test
  void bodiesAreReadWithOrWithoutALength() throws Exception {
    byte[] json = "{\"handle\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    isProblem(signIn(HttpRequest.BodyPublishers.ofByteArray(json)), 422, "validation_failed");
    isProblem(
        signIn(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json))),
        422,
        "validation_failed");
    isProblem(signIn(HttpRequest.BodyPublishers.noBody()), 400, "body_not_json");
  }

  @Test
  void aLargeBodyIsRefusedAndTheConnectionSurvivesIt() throws Exception {
    byte[] large = "x".repeat(64 * 1024 + 1).getBytes(StandardCharsets.US_ASCII);
    isProblem(signIn(HttpRequest.BodyPublishers.ofByteArray(large)), 413, "body_too_large");
    isProblem(
        signIn(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
        413,
        "body_too_large");
    String both = raw(posting("Content-Length: 100000") + "x".repeat(100_000) + LIVE);
    isProblem(both, 413, "body_too_large");
    assertThat(both).endsWith("{\"status\":\"ok\"}");
  }

  @Test
  void aHugeBodyIsRefusedByItsLengthAlone() throws Exception {
    isProblem(raw(posting("Content-Length: 10000000000")), 413, "body_too_large");
    isProblem(raw(posting("Transfer-Encoding: chunked") + "7fffffff\r\nx"), 413, "body_too_large");
  }

  @Test
  void whatIsNoRequestIsRefusedInTheSameForm() throws Exception {
    isProblem(raw(head("GET /a b HTTP/1.1", "Host: a")), 400, "request_malformed");
    isProblem(raw("GET /health/live HTTP/1.1\r\n\r\n"), 400, "request_malformed");
    isProblem(
        raw("GET /health/live HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n"),
        400,
        "request_malformed");
    isProblem(
        raw("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414, "uri_too_long");
    isProblem(
        raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"),
        400,
        "request_malformed");
    isProblem(raw(head("G\u0001T / HTTP/1.1", "Host: a")), 400, "request_malformed");
    isProblem(raw(head("G{}T / HTTP/1.1", "Host: a")), 400, "request_malformed");
    isProblem(raw(head("GET /\u0001 HTTP/1.1", "Host: a")), 400, "request_malformed");
    isProblem(raw(head("GET /%zz HTTP/1.1", "Host: a")), 400, "request_malformed");
    isProblem(raw(head("GET /?a=%zz HTTP/1.1", "Host: a")), 400, "request_malformed");
    isProblem(
        raw(posting("Content-Encoding: gzip", "Content-Length: 2") + "{}"),
        415,
        "media_type_unsupported");
    isProblem(
        raw(posting("Transfer-Encoding: chunked") + head("zz", "{}", "0")), 400, "body_incomplete");
  }

  @Test
  void aRequestWhoseEndIsNotClearIsRefusedAndEndsItsConnection() throws Exception {
    for (String lengths :
        new String[] {
          "Transfer-Encoding: gzip, chunked",
          "Transfer-Encoding: chunked\r\nContent-Length: 5",
          "Transfer-Encoding: identity",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        }) {
      String response = raw(posting(lengths) + head("0") + LIVE);
      isProblem(response, 400, "request_malformed");
      assertThat(response).as(lengths).doesNotContain("\"ok\"");
    }
  }

  @Test
  void aClientThatWantsToHangUpIsHungUpOn() throws Exception {
    long start = System.nanoTime();
    assertThat(raw(LIVE)).contains("Connection: close").endsWith("{\"status\":\"ok\"}");
    // A connection that is kept is hung up on after 100 seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
  }

  @Test
  void whatIsUnexpectedIsToldByItsRequestIdAlone() throws Exception {
    HttpResponse<String> response =
        signIn(HttpRequest.BodyPublishers.ofString("{\"handle\":\"anna\",\"password\":\"p\"}"));
    isProblem(response, 500, "internal");
    assertThat(response.body()).doesNotContain("Exception");
  }

  @Test
  void aPortThatIsTakenIsToldSo() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> HttpHost.start(HOST, other.getLocalPort(), api(() -> true), nobody()))
          .isInstanceOf(PortTaken.class)
          .hasMessageContaining("Port " + other.getLocalPort() + " of 127.0.0.1");
    }
  }

  @Test
  void closingLetsARequestEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    readiness.set(() -> {
      begun.countDown();
      try {
        Thread.sleep(300);
      } catch (InterruptedException e) {
        return false;
      }
      return true;
    });
    CompletableFuture<HttpResponse<String>> slow =
        client.sendAsync(to("/health/ready").build(), HttpResponse.BodyHandlers.ofString());
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    URI gone = to("/health/live").build().uri();
    host.close();
    assertThat(slow.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> send(HttpRequest.newBuilder(gone))).isInstanceOf(IOException.class);
  }

  @Test
  void answersDoNotWaitForAcknowledgements() throws Exception {
    for (int i = 0; i < 200; i++) {
      send(to("/health/live"));
    }
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < 100; i++) {
      long start = System.nanoTime();
      send(to("/health/live"));
      quickest = Math.min(quickest, System.nanoTime() - start);
    }
    // With them it would be 40 ms each, and never less; without, a busy machine can be slow too.
    assertThat(Duration.ofNanos(quickest)).isLessThan(Duration.ofMillis(20));
  }
}
