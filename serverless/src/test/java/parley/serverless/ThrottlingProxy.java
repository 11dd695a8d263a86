package parley.serverless;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Stands between functions and their table, and for a while answers every update as a table does
/// whose capacity is used up.
final class ThrottlingProxy implements AutoCloseable {
  private static final String TARGET = "X-Amz-Target";
  private static final byte[] THROTTLED =
      ("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
              + "\"message\":\"throttled\"}")
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicReference<String> table = new AtomicReference<>("");
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean isStarved;

  ThrottlingProxy() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void leadsTo(String url) {
    table.set(url);
  }

  void starve(boolean starve) {
    isStarved = starve;
  }

  int refused() {
    return refused.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = exchange.getRequestHeaders().getFirst(TARGET);
      if (isStarved && target.endsWith(".UpdateItem")) {
        refused.incrementAndGet();
        answer(exchange, 400, THROTTLED);
        return;
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(table.get()))
              .timeout(Duration.ofSeconds(10))
              .header("Content-Type", "application/x-amz-json-1.0")
              .header(TARGET, target)
              .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
              .header("X-Amz-Date", exchange.getRequestHeaders().getFirst("X-Amz-Date"))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer(exchange, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
