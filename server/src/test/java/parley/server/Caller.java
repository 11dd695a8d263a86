package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import parley.messaging.message.ClientId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who sends requests to a server: with a token as that person, without as nobody.
public record Caller(int port, String token) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// How long a projection or another server may take to follow.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /// What came back.
  public record Reply(int status, HttpHeaders headers, String text) {
    public JsonNode json() {
      return JSON.readTree(text);
    }

    /// A string of the body, by its path such as `/account/id`.
    public String at(String pointer) {
      JsonNode found = json().at(pointer);
      assertThat(found.isMissingNode()).as(pointer + " of " + text).isFalse();
      return found.asString();
    }

    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    public Reply is(int wanted) {
      assertThat(status).as(text).isEqualTo(wanted);
      return this;
    }

    /// A problem in the form that all problems have.
    public Reply isProblem(int wanted, String code) {
      is(wanted);
      assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      JsonNode body = json();
      assertThat(body.path("code").asString()).isEqualTo(code);
      assertThat(body.path("status").asInt()).isEqualTo(wanted);
      assertThat(body.path("type").asString()).isEqualTo("urn:parley:problem:" + code);
      assertThat(body.path("title").asString()).isNotBlank();
      assertThat(body.path("detail").asString()).endsWith(".");
      assertThat(body.path("requestId").asString()).isEqualTo(header("X-Request-Id")).isNotBlank();
      return this;
    }

    /// The body with what differs from request to request taken out.
    public String withoutRequestId() {
      return text.replace(header("X-Request-Id"), "");
    }
  }

  public static Caller nobody(int port) {
    return new Caller(port, "");
  }

  public Caller with(String otherToken) {
    return new Caller(port, otherToken);
  }

  /// The same person at another server.
  public Caller at(int otherPort) {
    return new Caller(otherPort, token);
  }

  public Reply send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMinutes(2))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    } else if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  public Reply get(String path) {
    return send("GET", path, "");
  }

  public Reply delete(String path) {
    return send("DELETE", path, "");
  }

  public Reply post(String path, Object body) {
    return send("POST", path, JSON.writeValueAsString(body));
  }

  public Reply put(String path, Object body) {
    return send("PUT", path, JSON.writeValueAsString(body));
  }

  public Reply patch(String path, Object body) {
    return send("PATCH", path, JSON.writeValueAsString(body));
  }

  // What people do.

  public static String password(String handle) {
    return "correct horse of " + handle.length() + " x";
  }

  public Reply signUp(String handle, String displayName) {
    return post(
        "/api/accounts",
        Map.of("handle", handle, "displayName", displayName, "password", password(handle)));
  }

  /// A new person.
  public Caller newPerson(String handle) {
    return with(signUp(handle, "The " + handle).is(201).at("/token"));
  }

  public Reply signIn(String handle, String password) {
    return post("/api/sessions", Map.of("handle", handle, "password", password));
  }

  public Reply open(String person) {
    return post("/api/conversations", Map.of("participants", List.of(person)));
  }

  /// The conversation with somebody.
  public String conversationWith(String person) {
    return open(person).is(200).at("/id");
  }

  public static String clientId() {
    return ClientId.of(Instant.now(), RANDOM.nextLong(), RANDOM.nextLong()).toString();
  }

  public Reply write(String conversation, String clientId, String text) {
    return post(messages(conversation), Map.of("clientId", clientId, "text", text));
  }

  /// Writes, and expects it to be new.
  public Reply write(String conversation, String text) {
    return write(conversation, clientId(), text).is(201);
  }

  public static String messages(String conversation) {
    return "/api/conversations/" + conversation + "/messages";
  }

  public Reply markRead(String conversation, long seq) {
    return put("/api/conversations/" + conversation + "/read", Map.of("seq", seq));
  }

  /// The inbox, as soon as it is as wanted.
  public Reply inboxWhen(Predicate<JsonNode> wanted) {
    return when("/api/conversations", reply -> wanted.test(reply.json()));
  }

  /// An answer, as soon as it is as wanted. Fails with the last one if it never is.
  public Reply when(String path, Predicate<Reply> wanted) {
    return when(path, wanted, PATIENCE);
  }

  public Reply when(String path, Predicate<Reply> wanted, Duration atMost) {
    long from = System.nanoTime();
    while (true) {
      // The last look begins when the time is over, however long the one before it took.
      boolean last = System.nanoTime() - from > atMost.toNanos();
      Reply reply = get(path);
      if (wanted.test(reply)) {
        return reply;
      }
      if (last) {
        throw new AssertionError(path + " has not become as it should be: " + reply.text());
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  /// All of a conversation, read forwards in pages of the largest size.
  public List<JsonNode> history(String conversation) {
    List<JsonNode> all = new ArrayList<>();
    long after = 0;
    while (true) {
      JsonNode page = get(messages(conversation) + "?limit=100&after=" + after).is(200).json();
      page.path("items").forEach(all::add);
      if (page.path("items").isEmpty()) {
        return all;
      }
      after = all.getLast().path("seq").asLong();
    }
  }
}
