package parley.prove;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks the servers of a deployment, as any client does. Safe for use by many threads at once.
public final class Client implements AutoCloseable {
  public static final JsonMapper JSON = JsonMapper.builder().build();

  /// What a server answered.
  public record Answer(int status, JsonNode body, Duration retryAfter) {
    public boolean isGood() {
      return status >= 200 && status < 300;
    }

    /// Whether the same request may be answered otherwise later.
    public boolean passes() {
      return status == 429 || status >= 500;
    }

    public String code() {
      return status + " " + body.path("code").asString("");
    }
  }

  private final Servers servers;
  private final Tally tally;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Bounds.CONNECT)
          .build();

  public Client(Servers servers, Tally tally) {
    this.servers = servers;
    this.tally = tally;
  }

  /// Asks once.
  ///
  /// @throws IOException if there is no answer: what was asked for may have been done or not
  public Answer ask(
      int server, @Nullable Person as, String method, String path, @Nullable JsonNode body)
      throws IOException, InterruptedException {
    tally.count(Tally.Of.REQUESTS);
    HttpResponse<String> response =
        http.send(request(server, as, method, path, body), HttpResponse.BodyHandlers.ofString());
    long wait = response.headers().firstValueAsLong("Retry-After").orElse(0);
    return new Answer(response.statusCode(), json(response.body()), Duration.ofSeconds(wait));
  }

  private static JsonNode json(String text) throws IOException {
    try {
      return text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
    } catch (JacksonException e) {
      throw new IOException("the answer is no JSON: it broke off, or is not Parley's", e);
    }
  }

  private HttpRequest request(
      int server, @Nullable Person as, String method, String path, @Nullable JsonNode body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(servers.at(server).resolve(path)).timeout(Bounds.REQUEST);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
    }
    if (as != null) {
      request.header("Authorization", "Bearer " + as.token());
    }
    return request.build();
  }

  /// Asks until somebody answers: one server after the other, beginning with `first`, after a rest
  /// each time, and after as long as a server says where it says so.
  ///
  /// @throws GaveUp if nobody does within [Bounds#PATIENCE]
  public Answer insist(
      int first, @Nullable Person as, String method, String path, @Nullable JsonNode body)
      throws InterruptedException {
    long until = System.nanoTime() + Bounds.PATIENCE.toNanos();
    for (int attempt = 0; ; attempt++) {
      Duration rest = rest(attempt);
      String why;
      try {
        Answer answer = ask(first + attempt, as, method, path, body);
        if (!answer.passes()) {
          return answer;
        }
        tally.count(answer.status() == 429 ? Tally.Of.LIMITED : Tally.Of.UNAVAILABLE);
        why = "the answer was " + answer.code();
        if (answer.retryAfter().compareTo(rest) > 0) {
          rest = answer.retryAfter();
        }
      } catch (IOException e) {
        tally.count(Tally.Of.UNANSWERED);
        why = e.toString();
      }
      if (System.nanoTime() + rest.toNanos() - until > 0) {
        throw new GaveUp(
            "%s %s was not answered within %d s: %s"
                .formatted(
                    method,
                    path.replaceAll("[?].*", ""),
                    Bounds.PATIENCE.toSeconds(),
                    why
                        + (rest.toSeconds() > 1
                            ? ", come back in " + rest.toSeconds() + " s"
                            : "")));
      }
      tally.count(Tally.Of.REPEATED);
      Thread.sleep(rest);
    }
  }

  /// The same, for what must be answered well.
  public JsonNode mustDo(
      int first, @Nullable Person as, String method, String path, @Nullable JsonNode body)
      throws InterruptedException {
    Answer answer = insist(first, as, method, path, body);
    if (!answer.isGood()) {
      throw new GaveUp(
          "%s %s was answered %s, which should not be"
              .formatted(method, path.replaceAll("[?].*", ""), answer.code()));
    }
    return answer.body();
  }

  /// Asks, and goes away without the answer: the request may arrive or not.
  void abandon(int server, Person as, String method, String path, JsonNode body)
      throws InterruptedException {
    tally.count(Tally.Of.REQUESTS);
    tally.count(Tally.Of.THROWN_AWAY);
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(
            request(server, as, method, path, body), HttpResponse.BodyHandlers.ofString());
    Thread.sleep(ThreadLocalRandom.current().nextInt(Bounds.THROW_AWAY_AFTER_MS));
    // Closes the connection too.
    answer.cancel(true);
  }

  /// A rest before the next try, longer each time and never twice the same.
  static Duration rest(int attempt) {
    long most = Math.min(Bounds.REST.toMillis(), 20L << Math.min(attempt, 10));
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  /// Opens a live connection with a ticket.
  ///
  /// @throws TicketRefused if it is not good
  /// @throws IOException if there is no connection for any other reason
  public WebSocket connect(int server, String ticket, WebSocket.Listener listener)
      throws IOException, InterruptedException {
    URI at = servers.at(server);
    URI events =
        URI.create(
            (at.getScheme().equals("https") ? "wss" : "ws")
                + "://"
                + at.getRawAuthority()
                + "/api/events");
    CompletableFuture<WebSocket> opening =
        http.newWebSocketBuilder()
            .connectTimeout(Bounds.CONNECT)
            .subprotocols("parley.v1", ticket)
            .buildAsync(events, listener);
    try {
      return opening.get(Bounds.REQUEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      opening.cancel(true);
      if (e.getCause() instanceof WebSocketHandshakeException refused
          && refused.getResponse().statusCode() == 401) {
        throw new TicketRefused(e);
      }
      throw new IOException("no live connection", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
