package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messaging.message.ClientId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How a server stops, as a process, with people in the middle of things.
class StopTest {
  private static final int SENDERS = 8;

  /// In which this machine has to ask three things.
  private static final int STOP_DELAY_SECONDS = 15;

  /// Between the answer to a message and the next one: it is not asked how many there can be.
  private static final Duration REST = Duration.ofMillis(100);

  @TempDir Path folder;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HttpResponse<String> send(String method, String url, String token, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.builder().build().readTree(response.body());
  }

  private Program server(String... more) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                "serve",
                "--port",
                "0",
                "--operator-port",
                "off",
                "--rate-limits",
                "off",
                "--data",
                folder.resolve("data").toString()));
    line.addAll(List.of(more));
    return Program.start(folder, Map.of(), line.toArray(String[]::new));
  }

  @Test
  void nothingThatWasAcknowledgedIsLostAndEverybodyIsTold() throws Exception {
    Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    String conversation;
    String ben;
    try (Program server = server("--stop-delay", Integer.toString(STOP_DELAY_SECONDS))) {
      String url = server.printed("Parley is at (http://localhost:\\d+)");
      String ann = signUp(url, "ann");
      ben = signUp(url, "ben");
      conversation =
          json(send("POST", url + "/api/conversations", ann, "{\"participants\":[\"ben\"]}"))
              .path("id")
              .asString();
      CompletableFuture<Integer> closed = listen(url, ben);
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger next = new AtomicInteger();
      List<Thread> senders = new ArrayList<>();
      String messages = url + "/api/conversations/" + conversation + "/messages";
      for (int i = 0; i < SENDERS; i++) {
        senders.add(
            Thread.startVirtualThread(() -> {
              while (!over.get()) {
                try {
                  HttpResponse<String> answer =
                      send("POST", messages, ann, message(next.incrementAndGet()));
                  if (answer.statusCode() == 201) {
                    acknowledged.add(json(answer).path("seq").asInt());
                  }
                  Thread.sleep(REST);
                } catch (Exception e) {
                  return;
                }
              }
            }));
      }
      long until = System.nanoTime() + Program.PATIENCE.toNanos();
      while (acknowledged.size() < 100) {
        assertThat(System.nanoTime() - until).as(server.err()).isNegative();
        Thread.sleep(5);
      }
      assertThat(send("GET", url + "/health/ready", "", "").statusCode()).isEqualTo(200);
      server.terminate();
      // It says so first, and still works.
      saysThatItStops(url);
      assertThat(send("GET", url + "/health/live", "", "").statusCode()).isEqualTo(200);
      assertThat(send("GET", url + "/api/me", ann, "").statusCode()).isEqualTo(200);
      assertThat(closed.get(60, TimeUnit.SECONDS)).isEqualTo(1001);
      assertThat(server.exitCode()).as(server.err()).isZero();
      over.set(true);
      for (Thread sender : senders) {
        assertThat(sender.join(Duration.ofSeconds(90))).isTrue();
      }
    }
    // The projection was flushed: rows are as the logs say, before any server has run again.
    String data = folder.resolve("data").toString();
    assertThat(Spoken.by("rebuild", "--data", data).out())
        .contains("1 conversations, 2 rows, 0 differences");
    try (Program again = server()) {
      String url = again.printed("Parley is at (http://localhost:\\d+)");
      assertThat(seqs(url, ben, conversation)).containsAll(acknowledged);
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    try (Program server = server("--stop-delay", "60")) {
      String url = server.printed("Parley is at (http://localhost:\\d+)");
      server.terminate();
      saysThatItStops(url);
      server.terminate();
      assertThat(server.exitCode()).isEqualTo(143);
    }
  }

  private void saysThatItStops(String url) throws Exception {
    long until = System.nanoTime() + Program.PATIENCE.toNanos();
    int ready = 200;
    while (ready == 200 && System.nanoTime() - until < 0) {
      ready = send("GET", url + "/health/ready", "", "").statusCode();
      Thread.sleep(5);
    }
    assertThat(ready).isEqualTo(503);
  }

  private String signUp(String url, String handle) throws Exception {
    String body =
        "{\"handle\":\"%s\",\"displayName\":\"A\",\"password\":\"rowing at dawn\"}"
            .formatted(handle);
    return json(send("POST", url + "/api/accounts", "", body)).path("token").asString();
  }

  private static String message(int number) {
    return "{\"clientId\":\"%s\",\"text\":\"number %d\"}"
        .formatted(ClientId.of(Instant.now(), number, System.nanoTime()), number);
  }

  private CompletableFuture<Integer> listen(String url, String token) throws Exception {
    String ticket =
        json(send("POST", url + "/api/events/ticket", token, "")).path("ticket").asString();
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket _ =
        http.newWebSocketBuilder()
            .subprotocols("parley.v1", ticket)
            .buildAsync(
                URI.create(url.replace("http:", "ws:") + "/api/events"),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                    closed.complete(code);
                    return CompletableFuture.completedStage(null);
                  }
                })
            .get(60, TimeUnit.SECONDS);
    return closed;
  }

  private Set<Integer> seqs(String url, String token, String conversation) throws Exception {
    Set<Integer> seqs = new TreeSet<>();
    String before = "";
    while (true) {
      JsonNode page =
          json(
              send(
                  "GET",
                  url + "/api/conversations/" + conversation + "/messages?limit=100" + before,
                  token,
                  ""));
      int size = seqs.size();
      page.path("items").forEach(item -> seqs.add(item.path("seq").asInt()));
      if (seqs.size() == size) {
        return seqs;
      }
      before = "&before=" + seqs.iterator().next();
    }
  }
}
