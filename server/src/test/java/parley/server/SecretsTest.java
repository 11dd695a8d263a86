package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.api.Api;
import parley.api.Origins;
import parley.api.UseCases;
import parley.engine.Engine;
import parley.engine.Gate;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.server.http.HttpHost;

/// What people write, and what lets them in, is in no log: whatever they send, and whatever fails.
class SecretsTest {
  /// In everything that is secret. Of letters that hexadecimal and base64 dumps would not hide.
  private static final String MARKER = "qXmarkerXq";

  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("parley");

  private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @BeforeEach
  void listen() {
    handler.setLevel(Level.ALL);
    ROOT.addHandler(handler);
    OURS.setLevel(Level.ALL);
    PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
  }

  @AfterEach
  void stopListening() {
    System.setOut(out);
    System.setErr(err);
    OURS.setLevel(null);
    ROOT.removeHandler(handler);
  }

  private void nothingSecretIsIn(String... tokens) {
    String all = String.join("", logged) + printed.toString(StandardCharsets.UTF_8);
    assertThat(all).doesNotContainIgnoringCase(MARKER);
    // A dump in columns breaks words apart.
    assertThat(all.replaceAll("[^A-Za-z]", "")).doesNotContainIgnoringCase(MARKER);
    for (String token : tokens) {
      assertThat(all).doesNotContain(token).doesNotContain(token.substring(3, 20));
    }
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private static String message(String text) {
    return "{\"clientId\":\"%s\",\"text\":\"%s\"}".formatted(Running.clientId(), text);
  }

  /// Requests that go well, and that are refused for every reason there is.
  private static void everyKind(Running running, String token, String conversation)
      throws IOException, InterruptedException {
    String messages = "/api/conversations/" + conversation + "/messages";
    Map<String, String> me = bearer(token);
    String password = "\"password\":\"" + MARKER + " and more\"";
    List<String> bodies =
        List.of(
            "{\"handle\":\"mia\",\"displayName\":\"Mia\"," + password + "}",
            "{\"handle\":\"ann\"," + password + "}",
            "{\"handle\":\"" + MARKER + "!\"," + password + ",\"" + MARKER + "\":1}",
            "{\"current\":\"" + MARKER + "\",\"new\":\"" + MARKER + " is new\"}",
            message(MARKER),
            message(MARKER + "x".repeat(2_001)),
            message(MARKER + "\\ud800"),
            "{\"text\":\"" + MARKER,
            "\"" + MARKER + "\"",
            MARKER,
            MARKER.repeat(10_000));
    for (String body : bodies) {
      for (String path : List.of("/api/accounts", "/api/sessions", messages)) {
        running.send("POST", path, me, body);
        running.send("POST", path, Map.of("Authorization", "Basic " + MARKER), body);
        running.send("POST", path, Map.of("Content-Type", "text/" + MARKER), body);
        running.send("POST", path, Map.of("Cookie", "parley_session=" + MARKER), body);
      }
      running.send("PUT", "/api/me/password", me, body);
      running.send("PATCH", "/api/me", me, body);
    }
    for (String path :
        List.of(
            "/api/accounts?prefix=" + MARKER,
            "/api/accounts?prefix=" + MARKER + "%20!",
            "/api/conversations?cursor=" + MARKER,
            messages + "?before=" + MARKER,
            "/api/conversations/" + MARKER + "/messages",
            "/api/" + MARKER)) {
      running.send("GET", path, me, null);
      running.send("GET", path, bearer("ps_" + MARKER), null);
      running.send(
          "GET",
          path,
          Map.of(
              "Cookie", "parley_session=" + token, "X-Request-Id", MARKER + " !", "Origin", MARKER),
          null);
    }
    running.send("GET", "/api/me", Map.of("Cookie", "parley_session=" + token), null);
    running.send(MARKER.toUpperCase(java.util.Locale.ROOT), "/api/me", me, null);
  }

  private static String upgrade(String headers) {
    return "GET /api/events HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        + headers
        + "\r\n\r\n";
  }

  /// What is no request at all, with secrets in every part of it.
  private static void everyMalformation(int port) throws IOException {
    String posting = "POST /api/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    for (String bytes :
        List.of(
            MARKER + "\r\n\r\n",
            MARKER + "\u0001 / HTTP/1.1\r\nHost: a\r\n\r\n",
            "{\"text\":\"" + MARKER + "\"} / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /" + MARKER + " " + MARKER + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /" + MARKER + "\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /%zz" + MARKER + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /?q=%zz" + MARKER + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/" + MARKER + "\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n" + MARKER,
            upgrade("Sec-WebSocket-Protocol: parley.v1, " + MARKER),
            upgrade("Sec-WebSocket-Protocol: " + MARKER + "\r\nCookie: parley_session=" + MARKER),
            upgrade("Authorization: Bearer " + MARKER),
            "GET / HTTP/1.1\r\nHost: " + MARKER + " " + MARKER + "\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n" + MARKER + "\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n" + MARKER + " b: c\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: " + MARKER + "\u0001\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: " + MARKER + "\n\rx\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: " + MARKER.repeat(2_000) + "\r\n\r\n",
            "GET /" + MARKER.repeat(1_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
            posting + "Content-Length: " + MARKER + "\r\n\r\n",
            posting + "Transfer-Encoding: chunked\r\n\r\n" + MARKER + "\r\n",
            posting + "Transfer-Encoding: chunked\r\n\r\n5\r\n" + MARKER + "\r\n",
            posting + "Transfer-Encoding: " + MARKER + "\r\n\r\n",
            posting + "Content-Encoding: " + MARKER + "\r\nContent-Length: 2\r\n\r\n{}",
            posting + "Content-Length: 100\r\n\r\n" + MARKER,
            posting + "Expect: " + MARKER + "\r\nContent-Length: 10\r\n\r\n" + MARKER)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      } catch (java.net.SocketException e) {
        // Hung up on, which is one way to refuse.
      }
    }
  }

  @Test
  void whateverIsSentAndWhateverFails() throws Exception {
    String token;
    try (Running running = new Running()) {
      Account ann = running.signUp("ann");
      Account ben = running.signUp("ben");
      token = running.session(ann);
      String conversation =
          running.server.services().conversations().openDirect(ann.id(), ben.id()).value();
      everyKind(running, token, conversation);
      everyMalformation(running.server.port());
      nothingSecretIsIn(token);

      // The engine is gone, and the server still there.
      running.deployment.close();
      everyFailure(running, token, conversation, 503);
    }
    assertThat(logged).anyMatch(line -> line.contains("POST /api/conversations/{id}/messages"));
    nothingSecretIsIn(token);
  }

  private static void everyFailure(Running running, String token, String conversation, int status)
      throws IOException, InterruptedException {
    List<HttpResponse<String>> failed =
        List.of(
            running.send(
                "POST",
                "/api/conversations/" + conversation + "/messages",
                bearer(token),
                message(MARKER)),
            running.send("GET", "/api/accounts?prefix=" + MARKER, bearer(token), null),
            running.send(
                "POST",
                "/api/sessions",
                Map.of("Cookie", "parley_session=" + MARKER),
                "{\"handle\":\"ann\",\"password\":\"" + MARKER + " and more\"}"));
    for (HttpResponse<String> response : failed) {
      assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
      assertThat(response.body()).doesNotContainIgnoringCase(MARKER);
    }
  }

  @Test
  @SuppressWarnings("try") // the gate is shut while somebody still knocks
  void aTableThatDoesNotAnswer() throws Exception {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    Secret secret = new Secret(new byte[Secret.MIN_BYTES]);
    String token;
    try (Engine engine = Engine.inMemory();
        Gate gate = Gate.open(engine, 0);
        Running running =
            new Running(
                Browsers.LOCAL, new Storage.Remote(URI.create(gate.url()), "eu-west-1"), secret)) {
      Account ann = running.signUp("ann");
      token = running.session(ann);
      String conversation =
          running
              .server
              .services()
              .conversations()
              .openDirect(ann.id(), running.signUp("ben").id())
              .value();
      assertThat(running.send("GET", "/api/me", bearer(token), null).statusCode()).isEqualTo(200);
      gate.close();
      everyFailure(running, token, conversation, 503);
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
    assertThat(logged).anyMatch(line -> line.contains("the store is unavailable"));
    nothingSecretIsIn(token);
  }

  @Test
  @SuppressWarnings("NullAway") // whatever reaches for a use case fails, and is to
  void whatFailsUnexpectedly() throws Exception {
    try (Running running = new Running();
        HttpHost broken =
            HttpHost.start(
                "127.0.0.1",
                0,
                new Api(
                    new UseCases(
                        null, null, null, null, null, null, null, null, null, null, null, null),
                    running.deployment.secret(),
                    () -> true,
                    Origins.LOCAL,
                    Limiting.OFF.traffic(InstantSource.system())),
                running.server.services().audience())) {
      everyMalformation(broken.port());
      String body = "{\"handle\":\"ann\",\"password\":\"" + MARKER + "\"}";
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broken.port())) {
        String request =
            "POST /api/sessions?q="
                + MARKER
                + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: parley_session="
                + MARKER
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 500 ");
      }
    }
    assertThat(logged).anyMatch(line -> line.contains("POST /api/sessions failed"));
    nothingSecretIsIn();
  }
}
