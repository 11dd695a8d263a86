package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A package that brings its own Java, against a Runtime API that hands out events and listens.
class CustomRuntimeTest {
  private static final long NOW = 1_772_366_400_000L;

  private final Queue<String> events = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private HttpServer server;

  /// Says an event back, or fails as it is told to.
  public static final class Echo implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (event.contains("fail")) {
        throw new IllegalStateException("geheim");
      }
      out.write(
          (context.getAwsRequestId()
                  + " "
                  + context.getRemainingTimeInMillis()
                  + " "
                  + context.getMemoryLimitInMB()
                  + " "
                  + event)
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/2018-06-01/runtime/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replace("/2018-06-01/runtime/", "");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (path.equals("invocation/next")) {
      String event = events.poll();
      if (event == null) {
        exchange.sendResponseHeaders(204, -1);
        return;
      }
      var headers = exchange.getResponseHeaders();
      headers.add("Lambda-Runtime-Aws-Request-Id", "id-" + event.length());
      headers.add(
          "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:0:function:f");
      headers.add("Lambda-Runtime-Deadline-Ms", Long.toString(NOW + 3_000));
      byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } else {
      String type = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
      told.add(path + " " + body + (type == null ? "" : " " + type));
      exchange.sendResponseHeaders(202, -1);
    }
    exchange.close();
  }

  private int run(String handler) {
    RuntimeApi api = new RuntimeApi("127.0.0.1:" + server.getAddress().getPort());
    return new CustomRuntime(
            api,
            Map.of("_HANDLER", handler, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
            () -> Instant.ofEpochMilli(NOW))
        .run();
  }

  @Test
  void eventsAreHandedToTheFunctionOneAfterTheOther() {
    events.addAll(List.of("one", "zwölf"));
    assertThat(run(Echo.class.getName() + "::handleRequest")).isZero();
    assertThat(told)
        .containsExactly(
            "invocation/id-3/response id-3 3000 512 one",
            "invocation/id-5/response id-5 3000 512 zwölf");
  }

  @Test
  void aFailureIsToldWithoutItsWordsAndTheNextEventIsHandled() {
    events.addAll(List.of("fail", "one"));
    assertThat(run(Echo.class.getName())).isZero();
    assertThat(told).hasSize(2);
    assertThat(told.getFirst())
        .startsWith("invocation/id-4/error")
        .endsWith("IllegalStateException")
        .doesNotContain("geheim");
    assertThat(told.getLast()).startsWith("invocation/id-3/response");
  }

  @Test
  void whatCannotBeMadeIsToldBeforeTheFirstEvent() {
    events.add("one");
    assertThat(run("parley.lambda.Nothing::handleRequest")).isEqualTo(1);
    assertThat(told).hasSize(1);
    assertThat(told.getFirst()).startsWith("init/error").endsWith("ClassNotFoundException");
    assertThat(events).hasSize(1);
  }

  @Test
  void itEndsWhenNobodyIsThere() {
    server.stop(0);
    assertThat(run(Echo.class.getName())).isEqualTo(1);
  }
}
