package parley.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// As much of API Gateway's management API as is used, on a port of its own: what was posted to
/// whom, and who was ended.
final class Management implements AutoCloseable {
  private static final String PATH = "/live/@connections/";

  final Map<String, List<String>> posted = new ConcurrentHashMap<>();
  final List<String> ended = new CopyOnWriteArrayList<>();
  final List<String> gone = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  Management() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PATH, this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/live";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String id = exchange.getRequestURI().getPath().substring(PATH.length());
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
        exchange.sendResponseHeaders(403, -1);
      } else if (gone.contains(id)) {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", "GoneException");
        exchange.sendResponseHeaders(410, -1);
      } else if (exchange.getRequestMethod().equals("DELETE")) {
        ended.add(id);
        exchange.sendResponseHeaders(204, -1);
      } else {
        posted
            .computeIfAbsent(id, _ -> new ArrayList<>())
            .add(new String(body, StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(200, -1);
      }
    }
  }

  List<String> to(String id) {
    return posted.getOrDefault(id, List.of());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
