package parley.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// As much of Lambda's Runtime API as the build needs: it hands out events one by one, and listens
/// to what becomes of them.
final class EventHost implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String END = "";
  private static final long ANSWER_S = 60;

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final HttpServer server;

  EventHost() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(ROOT, this::answer);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// What the function answers to an event.
  ///
  /// @throws IllegalStateException if it fails, or takes too long
  String invoke(String event) throws InterruptedException {
    events.add(event);
    String answer = answers.poll(ANSWER_S, TimeUnit.SECONDS);
    if (answer == null || !answer.startsWith("response ")) {
      throw new IllegalStateException("the function answered " + answer + " to " + event);
    }
    return answer.substring("response ".length());
  }

  /// There will be no more events.
  void end() {
    events.add(END);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(ROOT.length());
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    try (exchange) {
      if (path.equals("invocation/next")) {
        next(exchange);
        return;
      }
      answers.add(path.substring(path.lastIndexOf('/') + 1) + " " + body);
      exchange.sendResponseHeaders(202, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    String event = events.take();
    if (event.equals(END)) {
      exchange.sendResponseHeaders(204, -1);
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.add("Lambda-Runtime-Aws-Request-Id", "8f507cfc-example-4697-b07a-ac58fc914c95");
    headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:0:function:f");
    headers.add("Lambda-Runtime-Deadline-Ms", Long.toString(Long.MAX_VALUE / 2));
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
