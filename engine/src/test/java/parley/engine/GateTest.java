package parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static parley.engine.Fixtures.TABLE;
import static parley.engine.Fixtures.note;
import static parley.engine.Fixtures.put;
import static parley.engine.Fixtures.s;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

class GateTest {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  private final Engine engine = Engine.inMemory();
  private final Gate gate = Gate.open(engine, 0);
  private final DynamoDbClient outside = client(gate);
  private final DynamoDbStreamsClient outsideStreams =
      DynamoDbStreamsClient.builder()
          .endpointOverride(URI.create(gate.url()))
          .region(Region.US_WEST_2)
          .credentialsProvider(CREDENTIALS)
          .build();

  @BeforeEach
  void createTableFromOutside() {
    Fixtures.createTable(outside);
  }

  @AfterEach
  void close() {
    outsideStreams.close();
    outside.close();
    gate.close();
    engine.close();
  }

  @Test
  void aGateThatIsAwayAnswersNoSooner() {
    Duration away = Duration.ofMillis(50);
    try (Gate distant = Gate.open(engine, 0, away);
        DynamoDbClient client = client(distant)) {
      long from = System.nanoTime();
      client.listTables();
      assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThanOrEqualTo(away);
    }
  }

  @Test
  void outsideAndInsideAreOneDatabase() {
    put(outside, note("a", "1", "from outside"));
    put(engine.client(), note("a", "2", "from inside"));

    assertThat(Fixtures.texts(outside, "a")).containsExactly("from outside", "from inside");
    assertThat(Fixtures.texts(engine.client(), "a")).containsExactly("from outside", "from inside");
    List<Record> records = Fixtures.records(outsideStreams);
    assertThat(Fixtures.newTexts(records)).containsExactly("from outside", "from inside");
    assertThat(records).isEqualTo(Fixtures.records(engine.streams()));
  }

  @Test
  void aFailedConditionCarriesTheItemWithEveryKindOfValue() {
    Map<String, AttributeValue> item =
        Map.ofEntries(
            Map.entry("pk", s("a")),
            Map.entry("sk", s("1")),
            Map.entry("n", AttributeValue.fromN("12.5")),
            Map.entry("b", AttributeValue.fromB(SdkBytes.fromUtf8String("bytes"))),
            Map.entry("ss", AttributeValue.fromSs(List.of("x"))),
            Map.entry("ns", AttributeValue.fromNs(List.of("7"))),
            Map.entry("bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("y")))),
            Map.entry("m", AttributeValue.fromM(Map.of("deep", s("er")))),
            Map.entry("l", AttributeValue.fromL(List.of(s("x"), AttributeValue.fromN("1")))),
            Map.entry("t", AttributeValue.fromBool(true)),
            Map.entry("f", AttributeValue.fromBool(false)),
            Map.entry("nul", AttributeValue.fromNul(true)));
    put(outside, item);

    ConditionalCheckFailedException failure =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                outside.updateItem(r ->
                    r.tableName(TABLE)
                        .key(Map.of("pk", s("a"), "sk", s("1")))
                        .updateExpression("SET n = :n")
                        .conditionExpression("n = :n")
                        .expressionAttributeValues(Map.of(":n", AttributeValue.fromN("1")))
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)));

    assertThat(failure.statusCode()).isEqualTo(400);
    assertThat(failure.item()).isEqualTo(item);
  }

  @Test
  void aCanceledTransactionCarriesItsReasonsAndItem() {
    put(outside, note("a", "1", "there"));

    TransactionCanceledException failure =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () ->
                outside.transactWriteItems(t ->
                    t.transactItems(
                        List.of(
                            putIfAbsent(note("a", "1", "new")),
                            putIfAbsent(note("a", "2", "new"))))));

    assertThat(failure.cancellationReasons())
        .extracting(reason -> reason.code())
        .containsExactly("ConditionalCheckFailed", "None");
    assertThat(failure.cancellationReasons().getFirst().item()).isEqualTo(note("a", "1", "there"));
    assertThat(Fixtures.texts(engine.client(), "a")).containsExactly("there");
  }

  private static TransactWriteItem putIfAbsent(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(p ->
            p.tableName(TABLE)
                .item(item)
                .conditionExpression("attribute_not_exists(pk)")
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  @Test
  void mistakesAreTheSdksTypedExceptions() {
    assertThatThrownBy(() -> outside.describeTable(r -> r.tableName("nothing")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> Fixtures.createTable(outside))
        .isInstanceOf(ResourceInUseException.class);
    assertThatThrownBy(() -> outside.scan(r -> r.tableName(TABLE).filterExpression("((")))
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
            });
    assertThatThrownBy(() -> outside.describeBackup(r -> r.backupArn("a".repeat(40))))
        .isInstanceOfSatisfying(
            DynamoDbException.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  @Test
  void tablesStreamsAndBatchesWorkFromOutside() {
    assertThat(outside.listTables().tableNames()).containsExactly(TABLE);
    outside.batchWriteItem(r ->
        r.requestItems(
            Map.of(
                TABLE,
                List.of(
                    WriteRequest.builder()
                        .putRequest(p -> p.item(note("b", "1", "batch")))
                        .build()))));
    assertThat(
            outside
                .executeStatement(r -> r.statement("SELECT text FROM notes WHERE pk = 'b'"))
                .items())
        .containsExactly(Map.of("text", s("batch")));
    outside.deleteTable(r -> r.tableName(TABLE));
    assertThat(engine.client().listTables().tableNames()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost:%d\r\nOrigin: http://localhost:%1$d",
        "Host: 127.0.0.1:%d\r\nOrigin: null",
        "Host: evil.example:%d",
        "Host: evil.example",
        "Host: localhost.evil.example:%d",
        "Host: localhost.:%d",
        "Host: 127.0.0.2:%d",
        "Host: localhost\r\nHost: localhost",
        "Host: localhost\r\nHost: evil.example",
        "X-Nothing: here",
        "Host:",
      })
  void aWebPageIsTurnedAway(String headers) throws IOException {
    String answer = exchange(headers.formatted(gate.port()), "{}");

    assertThat(answer).startsWith("HTTP/1.1 403 ").contains("\"message\":\"", "AccessDenied");
    assertThat(answer).doesNotContain("TableNames");
  }

  @Test
  void aRequestLineThatNamesAnotherHostIsTurnedAway() throws IOException {
    String answer =
        send(
            "{}",
            "POST http://evil.example/ HTTP/1.1",
            "Host: localhost",
            "X-Amz-Target: DynamoDB_20120810.ListTables",
            "Content-Length: 2",
            "Connection: close");

    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("TableNames");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:%d", "127.0.0.1:%d", "[::1]:%d", "[::1]"})
  void aToolIsLetIn(String host) throws IOException {
    String answer = exchange("Host: " + host.formatted(gate.port()), "{}");

    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("{\"TableNames\":[\"notes\"]}");
  }

  @Test
  void aRequestTooLargeIsNotRead() throws IOException {
    String answer =
        send(
            "",
            "POST / HTTP/1.1",
            "Host: localhost",
            "Content-Length: " + (Gate.MAX_REQUEST_BYTES + 1));

    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("larger than 16 MB");
  }

  @Test
  void anEndlessRequestIsCutOff() throws IOException {
    StringBuilder chunk = new StringBuilder("100000\r\n").repeat("x", 0x100000).append("\r\n");
    String answer =
        send(
            chunk.toString().repeat(17) + "0\r\n\r\n",
            "POST / HTTP/1.1",
            "Host: localhost",
            "Transfer-Encoding: chunked",
            "Connection: close");

    assertThat(answer).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void onlyThisMachineIsListenedTo() throws IOException {
    for (InetAddress address : otherAddresses()) {
      try (Socket socket = new Socket()) {
        assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, gate.port()), 1000))
            .as("%s", address)
            .isInstanceOf(IOException.class);
      }
    }
  }

  /// Every other IPv4 address of this machine, and one more of its loopback: all of them would
  /// answer if the gate listened on all interfaces.
  private static List<InetAddress> otherAddresses() throws IOException {
    InetAddress alias = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    return Stream.concat(
            NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address)
                .filter(address -> !address.isLoopbackAddress()),
            Stream.of(alias))
        .toList();
  }

  @Test
  void aTakenPortIsSaidSo() {
    assertThatThrownBy(() -> Gate.open(engine, gate.port()))
        .isInstanceOf(PortTaken.class)
        .hasMessageContainingAll("Port " + gate.port(), "in use", "choose another port");
  }

  @Test
  void aClosedGateLeavesTheEngineOpen() {
    gate.close();
    gate.close();

    assertThat(engine.client().listTables().tableNames()).containsExactly(TABLE);
  }

  /// Somebody else on this machine may be given the port between the two: then it is another one's
  /// turn.
  @Test
  void aPortIsFreeAsSoonAsItsGateIsClosed() {
    PortTaken taken = null;
    for (int i = 0; i < 20; i++) {
      Gate first = Gate.open(engine, 0);
      int port = first.port();
      try (DynamoDbClient client = client(first)) {
        client.listTables();
        first.close();
        try (Gate again = Gate.open(engine, port)) {
          assertThat(again.port()).isEqualTo(port);
          // By the connection of before, which is no longer one.
          assertThat(client.listTables().tableNames()).containsExactly(TABLE);
          return;
        }
      } catch (PortTaken e) {
        taken = e;
      }
    }
    throw new AssertionError("every port was taken", taken);
  }

  private static DynamoDbClient client(Gate gate) {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create(gate.url()))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(CREDENTIALS)
        .build();
  }

  private String exchange(String headers, String body) throws IOException {
    return send(
        body,
        "POST / HTTP/1.1",
        headers,
        "Authorization: AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/dynamodb"
            + "/aws4_request, SignedHeaders=host, Signature=00",
        "X-Amz-Target: DynamoDB_20120810.ListTables",
        "Content-Type: application/x-amz-json-1.0",
        "Connection: close",
        "Content-Length: " + body.length());
  }

  /// Sends these very bytes and reads until the gate hangs up, which it may do before it has taken
  /// all of them: then what it has said still counts.
  private String send(String body, String... head) throws IOException {
    String request = String.join("\r\n", head) + "\r\n\r\n" + body;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gate.port())) {
      socket.setSoTimeout(60_000);
      // It ends with the socket, where it is not through before.
      Thread.ofPlatform().daemon().start(() -> write(socket, request));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        InputStream input = socket.getInputStream();
        for (int next = input.read(); next >= 0; next = input.read()) {
          answer.write(next);
        }
      } catch (SocketException e) {
        // It hung up with something of ours unread.
      }
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private static void write(Socket socket, String request) {
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // It takes no more: what it has said is read elsewhere.
    }
  }
}
