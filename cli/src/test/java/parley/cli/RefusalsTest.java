package parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.engine.Engine;
import parley.engine.Gate;

/// What a service says against a request comes out as one sentence that says which of its refusals
/// it was.
class RefusalsTest {
  private HttpServer service;
  private volatile int status = 400;
  private volatile String answer = "";
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /// Answers everything with one refusal: those that no engine on this machine ever gives.
  @BeforeEach
  void open() throws IOException {
    System.setProperty("aws.accessKeyId", "any");
    System.setProperty("aws.secretAccessKey", "any");
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
          byte[] body = answer.getBytes(UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void close() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    service.stop(0);
  }

  private Spoken table(String... words) {
    return at("http://127.0.0.1:" + service.getAddress().getPort(), words);
  }

  private static Spoken at(String url, String... words) {
    return Spoken.by(
        Stream.of(
                Stream.of("table"),
                Stream.of(words),
                Stream.of("--endpoint", url, "--region", "us-east-1"))
            .flatMap(each -> each)
            .toArray(String[]::new));
  }

  private void answers(int code, String type) {
    status = code;
    answer =
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"Not so.\"}";
  }

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, 77, refuses these AWS credentials",
    "400, UnrecognizedClientException, 77, refuses these AWS credentials",
    "400, ValidationException, 65, refuses what it was asked",
    "400, ThrottlingException, 69, answers that it cannot now",
    "400, ProvisionedThroughputExceededException, 69, answers that it cannot now",
    "500, InternalServerError, 69, answers that it cannot now",
    "403, SomethingNew, 77, refuses these AWS credentials",
    "404, SomethingNew, 65, refuses what it was asked"
  })
  void eachIsItsOwnSentence(int code, String type, int exit, String sentence) {
    answers(code, type);
    for (String command : List.of("status", "list", "scan")) {
      Spoken spoken = table(command).isRefused(sentence, "Not so");
      assertThat(spoken.code()).as(command).isEqualTo(exit);
      assertThat(spoken.err()).doesNotContain("could not be reached", "Request ID");
    }
    assertThat(asked).anyMatch(target -> target.endsWith("DescribeTable"));
  }

  @Test
  void whatIsNoDynamoDbIsSaidToo() {
    status = 404;
    answer = "<html>nothing here</html>";
    table("scan").isRefused("refuses what it was asked", "whether that is a DynamoDB");
  }

  /// A refusal of the engine itself.
  @Test
  void argumentsThatTheEngineRefuses() {
    try (Engine engine = Engine.inMemory();
        Gate gate = Gate.open(engine, 0)) {
      at(gate.url(), "create").isDone();
      at(gate.url(), "query", "").isRefused("refuses what it was asked");
      at(gate.url(), "get", "", "PROFILE").isRefused("refuses what it was asked");
    }
  }

  /// Every command that looks at a table, where there is none.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop --yes",
        "status",
        "scan",
        "query U#1",
        "get U#1 PROFILE",
        "pattern log-end c-aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "audit",
        "export nowhere",
        "watch --seconds 1"
      })
  void whereThereIsNoTable(String command) {
    try (Engine engine = Engine.inMemory();
        Gate gate = Gate.open(engine, 0)) {
      Spoken spoken = at(gate.url(), command.split(" ", -1)).isRefused("There is no table parley");
      assertThat(spoken.code()).isEqualTo(78);
    }
  }
}
