package parley.prove;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Stands before a real server and lies in one way: what a proof must find out.
final class LyingServer implements AutoCloseable {
  enum Lie {
    /// Acknowledges some messages without handing them on.
    PRETENDS,
    /// Gives every attempt a client id of its own.
    FORGETS_ATTEMPTS,
    /// Leaves a message out of a history's newest page, for whoever asks for it first.
    HIDES,
    /// Shows the first message of a page in the place of the last one, and that one in its place.
    SWAPS,
    /// Counts one unread message too many.
    MISCOUNTS,
    /// Has two conversations for two people: which one depends on who asks.
    SPLITS
  }

  private final URI real;
  private final Lie lie;
  private final HttpServer server;
  private final ClientIds ids = new ClientIds(InstantSource.system());
  private final AtomicInteger messages = new AtomicInteger();
  private final Map<String, String> hiddenFrom = new ConcurrentHashMap<>();
  private final Map<String, Boolean> pretended = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  LyingServer(URI real, Lie lie) throws IOException {
    this.real = real;
    this.lie = lie;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().toString();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      boolean sends = method.equals("POST") && path.endsWith("/messages");
      if (sends && lie == Lie.PRETENDS) {
        ObjectNode made = (ObjectNode) Client.JSON.readTree(body);
        if (pretends(made.path("clientId").asString())) {
          answer(exchange, 201, made.put("seq", 7).toString());
          return;
        }
      }
      if (sends && lie == Lie.FORGETS_ATTEMPTS) {
        body = ((ObjectNode) Client.JSON.readTree(body)).put("clientId", ids.next()).toString();
      }
      HttpResponse<String> response = forward(exchange, method, path, body);
      String said = response.body();
      if (response.statusCode() < 300 && !said.isEmpty()) {
        said = twisted(exchange, method, path, Client.JSON.readTree(said)).toString();
      }
      answer(exchange, response.statusCode(), said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Goes by the message, not by the attempt: another attempt at it that got through would keep it.
  private boolean pretends(String clientId) {
    return pretended.computeIfAbsent(clientId, id -> messages.incrementAndGet() % 20 == 0);
  }

  private HttpResponse<String> forward(
      HttpExchange exchange, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(real.resolve(path));
    for (String name : new String[] {"Authorization", "Content-Type"}) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    request.method(
        method,
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode twisted(HttpExchange exchange, String method, String path, JsonNode said) {
    switch (lie) {
      case HIDES -> {
        boolean newest = path.contains("/messages?") && !path.contains("after=");
        if (newest && said.path("items").size() > 2 && isFirst(exchange, path)) {
          said.withArray("items").remove(1);
        }
      }
      case SWAPS -> {
        ArrayNode items = path.contains("/messages?") ? said.withArray("items") : null;
        if (items != null && items.size() > 2) {
          swapTexts((ObjectNode) items.get(0), (ObjectNode) items.get(items.size() - 1));
        }
      }
      case MISCOUNTS -> {
        if (method.equals("GET") && path.startsWith("/api/conversations?")) {
          said.path("items")
              .forEach(row -> ((ObjectNode) row).put("unread", row.path("unread").asLong() + 1));
        }
      }
      case SPLITS -> {
        if (method.equals("POST")
            && path.equals("/api/conversations")
            && messages.incrementAndGet() % 3 == 0) {
          ((ObjectNode) said).put("id", "c-another");
        }
      }
      default -> {
        // What it lies about is said elsewhere.
      }
    }
    return said;
  }

  /// By who asks, not by how often: a look that is made again sees the same.
  private boolean isFirst(HttpExchange exchange, String path) {
    String who = exchange.getRequestHeaders().getFirst("Authorization");
    return hiddenFrom.computeIfAbsent(path, _ -> who).equals(who);
  }

  private static void swapTexts(ObjectNode one, ObjectNode other) {
    String text = one.path("text").asString();
    one.put("text", other.path("text").asString());
    other.put("text", text);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.shutdownNow();
  }
}
