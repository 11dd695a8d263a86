package parley.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who uses the contract as any client does, by a token.
record Person(String handle, String id, String token) {
  static final String PASSWORD = "rowing at dawn";
  static final JsonMapper JSON = new JsonMapper();

  private static final AtomicInteger NUMBER = new AtomicInteger();
  static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  record Answer(int status, JsonNode body) {}

  static Person signUp(URI at) throws Exception {
    String handle = "p" + NUMBER.incrementAndGet() + "_" + Long.toString(System.nanoTime(), 36);
    Answer answer =
        call(
            at,
            null,
            "POST",
            "/api/accounts",
            "{\"handle\":\"%s\",\"displayName\":\"Name of %s\",\"password\":\"%s\"}"
                .formatted(handle, handle, PASSWORD));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return new Person(
        handle,
        answer.body().path("account").path("id").asString(),
        answer.body().path("token").asString());
  }

  /// Another session of the same person.
  Person signIn(URI at) throws Exception {
    Answer answer =
        call(
            at,
            null,
            "POST",
            "/api/sessions",
            "{\"handle\":\"%s\",\"password\":\"%s\"}".formatted(handle, PASSWORD));
    return new Person(handle, id, answer.body().path("token").asString());
  }

  static Answer call(
      URI at, @Nullable String token, String method, String path, @Nullable String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at.resolve(path))
            .timeout(Duration.ofMinutes(2))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body()));
  }

  Answer call(URI at, String method, String path, @Nullable String body) throws Exception {
    return call(at, token, method, path, body);
  }

  JsonNode get(URI at, String path) throws Exception {
    Answer answer = call(at, "GET", path, null);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }

  /// Their row of a conversation, as soon as this entry is its newest.
  JsonNode rowAt(URI at, String conversation, long seq, Duration within) throws Exception {
    long until = System.nanoTime() + within.toNanos();
    while (true) {
      for (JsonNode row : get(at, "/api/conversations").path("items")) {
        if (row.path("id").asString().equals(conversation)
            && row.path("last").path("seq").asLong() >= seq) {
          return row;
        }
      }
      assertThat(System.nanoTime() - until)
          .as("%s's row of %s has number %d", handle, conversation, seq)
          .isNegative();
      Thread.sleep(20);
    }
  }

  /// The conversation with somebody.
  String talkTo(URI at, Person other) throws Exception {
    Answer answer =
        call(at, "POST", "/api/conversations", "{\"participants\":[\"" + other.id() + "\"]}");
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().path("id").asString();
  }

  long say(URI at, String conversation, String text) throws Exception {
    Answer answer =
        call(
            at,
            "POST",
            "/api/conversations/" + conversation + "/messages",
            "{\"clientId\":\"" + clientId() + "\",\"text\":\"" + text + "\"}");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body().path("seq").asLong();
  }

  void read(URI at, String conversation, long seq) throws Exception {
    Answer answer =
        call(at, "PUT", "/api/conversations/" + conversation + "/read", "{\"seq\":" + seq + "}");
    assertThat(answer.status()).isEqualTo(200);
  }

  static String clientId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000);
    return new UUID(high, random.nextLong() >>> 2 | 0x8000_0000_0000_0000L).toString();
  }

  String ticket(URI at) throws Exception {
    Answer answer = call(at, "POST", "/api/events/ticket", null);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body().path("ticket").asString();
  }

  /// Opens a connection.
  Ears listen(URI at) throws Exception {
    Ears ears = new Ears();
    ears.socket = connect(at, ears, "parley.v1", ticket(at));
    assertThat(ears.socket.getSubprotocol()).isEqualTo("parley.v1");
    ears.pong();
    return ears;
  }

  static WebSocket connect(URI at, WebSocket.Listener ears, String first, String... more)
      throws Exception {
    return CLIENT
        .newWebSocketBuilder()
        .subprotocols(first, more)
        .buildAsync(URI.create("ws://" + at.getAuthority() + "/api/events"), ears)
        .get(120, TimeUnit.SECONDS);
  }
}
