package parley.serverless.runtime;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Lambda's Runtime API (version 2018-06-01) for one instance, on a port of its own: the instance
/// asks for the next event, and tells what became of it.
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";

  private static final HeaderName REQUEST_ID = HeaderNames.create("Lambda-Runtime-Aws-Request-Id");
  private static final HeaderName DEADLINE = HeaderNames.create("Lambda-Runtime-Deadline-Ms");
  private static final HeaderName ARN = HeaderNames.create("Lambda-Runtime-Invoked-Function-Arn");
  private static final HeaderName TRACE = HeaderNames.create("Lambda-Runtime-Trace-Id");
  private static final HeaderName ERROR_TYPE =
      HeaderNames.create("Lambda-Runtime-Function-Error-Type");

  private static final String NO_TYPE = "Unhandled";

  /// What wakes a request for an event that will never come.
  private static final Invocation NONE = Invocation.of("", 0);

  private final String arn;
  private final WebServer server;
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable Invocation> current = new AtomicReference<>();

  /// Null once the instance has asked for an event; else why it cannot.
  private final CompletableFuture<@Nullable Outcome> initialised = new CompletableFuture<>();

  RuntimeApi(String arn) {
    this.arn = arn;
    this.server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(
                HttpRouting.builder()
                    .get(ROOT + "invocation/next", this::next)
                    .post(ROOT + "invocation/{id}/response", this::response)
                    .post(ROOT + "invocation/{id}/error", this::error)
                    .post(ROOT + "init/error", this::initError))
            .maxPayloadSize(RuntimeBounds.PAYLOAD_BYTES)
            // Without it, answers wait up to 40 ms for the acknowledgement of earlier ones.
            .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .shutdownGracePeriod(Duration.ZERO)
            .shutdownHook(false)
            .build()
            .start();
  }

  /// What the instance finds as `AWS_LAMBDA_RUNTIME_API`.
  String address() {
    return "127.0.0.1:" + server.port();
  }

  CompletableFuture<@Nullable Outcome> initialised() {
    return initialised;
  }

  /// Hands an event over to the next request for one.
  void give(Invocation invocation) {
    current.set(invocation);
    waiting.add(invocation);
  }

  /// Whatever is under way will not be told of any more.
  void abandon(Outcome outcome) {
    initialised.complete(outcome);
    Invocation open = current.getAndSet(null);
    if (open != null) {
      open.outcome().complete(outcome);
    }
    waiting.add(NONE);
  }

  private void next(ServerRequest request, ServerResponse response) throws InterruptedException {
    initialised.complete(null);
    Invocation invocation = waiting.take();
    if (invocation.equals(NONE)) {
      waiting.add(NONE);
      throw new CloseConnectionException("there are no more events");
    }
    response
        .header(REQUEST_ID, invocation.id())
        .header(DEADLINE, Long.toString(invocation.deadline_ms()))
        .header(ARN, arn)
        .header(
            TRACE, "Root=1-00000000-" + "0".repeat(24) + ";Parent=" + "0".repeat(16) + ";Sampled=0")
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send(invocation.event().getBytes(StandardCharsets.UTF_8));
  }

  private void response(ServerRequest request, ServerResponse response) {
    settle(request, new Outcome.Answered(text(request)), response);
  }

  private void error(ServerRequest request, ServerResponse response) {
    settle(request, failed(request), response);
  }

  private void settle(ServerRequest request, Outcome outcome, ServerResponse response) {
    String id = request.path().pathParameters().get("id");
    Invocation open = current.get();
    if (open == null || !open.id().equals(id) || !current.compareAndSet(open, null)) {
      // Too late, or told twice.
      send(response, Status.BAD_REQUEST_400, "{\"errorType\":\"InvalidRequestID\"}");
      return;
    }
    send(response, Status.ACCEPTED_202, "{\"status\":\"OK\"}");
    open.outcome().complete(outcome);
  }

  private void initError(ServerRequest request, ServerResponse response) {
    // First: once it is answered the process ends, and then it would be one that crashed.
    initialised.complete(failed(request));
    send(response, Status.ACCEPTED_202, "{\"status\":\"OK\"}");
  }

  private static String text(ServerRequest request) {
    return request.content().hasEntity()
        ? new String(request.content().as(byte[].class), StandardCharsets.UTF_8)
        : "";
  }

  private static Outcome failed(ServerRequest request) {
    return new Outcome.Failed(
        request.headers().value(ERROR_TYPE).orElse(NO_TYPE), message(text(request)));
  }

  private static String message(String error) {
    try {
      return JsonMapper.shared().readTree(error).path("errorMessage").asString("");
    } catch (JacksonException e) {
      return "";
    }
  }

  private static void send(ServerResponse response, Status status, String json) {
    response
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send(json.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    waiting.add(NONE);
    server.stop();
  }
}
