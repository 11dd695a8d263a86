package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import parley.messaging.message.ClientId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who sends requests to a server in another process, as patiently as it asks; `now` is
/// that server's time.
record Neighbour(String url, String token, Duration ahead) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// What came back; an empty body is null as JSON.
  record Reply(int status, JsonNode body) {
    JsonNode is(int wanted) {
      assertThat(status).as(body.toString()).isEqualTo(wanted);
      return body;
    }
  }

  static Neighbour nobody(String url, Duration ahead) {
    return new Neighbour(url, "", ahead);
  }

  Neighbour with(String other) {
    return new Neighbour(url, other, ahead);
  }

  static String password(String handle) {
    return "correct horse of " + handle;
  }

  Neighbour signUp(String handle, String name) throws Exception {
    JsonNode made =
        send(
                "POST",
                "/api/accounts",
                Map.of("handle", handle, "displayName", name, "password", password(handle)))
            .is(201);
    return with(made.path("token").asString());
  }

  /// `owner` is the handle that the password was made for.
  Reply tryToSignIn(String handle, String owner) throws Exception {
    return send("POST", "/api/sessions", Map.of("handle", handle, "password", password(owner)));
  }

  Neighbour signIn(String handle, String owner) throws Exception {
    return with(tryToSignIn(handle, owner).is(201).path("token").asString());
  }

  String id() throws Exception {
    return send("GET", "/api/me", null).is(200).path("id").asString();
  }

  String conversation(String with) throws Exception {
    return send("POST", "/api/conversations", Map.of("participants", List.of(with)))
        .is(200)
        .path("id")
        .asString();
  }

  String clientId() {
    return ClientId.of(Instant.now().plus(ahead), RANDOM.nextLong(), RANDOM.nextLong()).toString();
  }

  /// The number of what was written.
  long write(String conversation, String text) throws Exception {
    return send(
            "POST",
            "/api/conversations/" + conversation + "/messages",
            Map.of("clientId", clientId(), "text", text))
        .is(201)
        .path("seq")
        .asLong();
  }

  JsonNode messages(String conversation) throws Exception {
    return send("GET", "/api/conversations/" + conversation + "/messages?limit=100", null).is(200);
  }

  /// Sends it again as often as it is asked to wait.
  Reply send(String method, String path, @Nullable Object body) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      HttpResponse<String> response = once(method, path, body);
      if (response.statusCode() != 429 || Instant.now().isAfter(end)) {
        return new Reply(
            response.statusCode(),
            response.body().isBlank() ? JSON.nullNode() : JSON.readTree(response.body()));
      }
      Thread.sleep(1_000L * response.headers().firstValueAsLong("Retry-After").orElse(1));
    }
  }

  private HttpResponse<String> once(String method, String path, @Nullable Object body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// An answer, as soon as it is as wanted.
  JsonNode when(String path, Predicate<JsonNode> wanted) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      JsonNode now = send("GET", path, null).is(200);
      if (wanted.test(now)) {
        return now;
      }
      assertThat(Instant.now()).as(path + " is " + now).isBefore(end);
      Thread.sleep(100);
    }
  }
}
