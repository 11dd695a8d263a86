package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.host.Services;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Password;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.account.Session;
import parley.messaging.account.SessionToken;
import parley.messaging.account.SignIn;
import parley.messaging.account.SignUp;
import parley.messaging.account.Source;
import parley.messaging.conversation.ConversationId;
import parley.messaging.event.Link;
import parley.store.FaultyClient;
import parley.store.LinkItems;
import parley.store.TestTables;
import software.amazon.awssdk.services.dynamodb.model.Record;

/// Connections by API Gateway's events: who may come, what they hear, how they end.
class SocketTest {
  private static final String PASSWORD = "rowing at dawn";
  private static final String ROUTE =
      "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/live/$connect";

  private final Bed bed = new Bed();
  private final Assembly assembly = bed.assembly();
  private final Services services = assembly.services();
  private final SocketAuthorizer authorizer = new SocketAuthorizer(assembly);
  private final SocketFunction socket = new SocketFunction(bed.assembly());
  private final StreamFunction stream = new StreamFunction(bed.assembly());
  private final LinkItems links = new LinkItems(bed.world.table);
  private int streamed;
  private Account ann;
  private Account ben;
  private ConversationId id;

  @BeforeEach
  void meet() {
    ann = signUp("ann");
    ben = signUp("ben");
    id = services.conversations().openDirect(ann.id(), ben.id());
    happen();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  private Account signUp(String handle) {
    Handle owner = new Handle(handle);
    DisplayName name = new DisplayName("Name of " + handle);
    Password password = Password.parse(PASSWORD, owner, name).orThrow();
    return ((SignUp.Created) services.accounts().signUp(owner, name, password, Source.HERE))
        .account();
  }

  private SessionToken signIn(Account account) {
    SignIn signedIn =
        services.sessions().signIn(account.handle(), new PasswordAttempt(PASSWORD), Source.HERE);
    return ((SignIn.SignedIn) signedIn).token();
  }

  private Session session(SessionToken token) {
    return services.sessions().who(token).session();
  }

  /// What the stream has since this was last called goes to the function.
  private void happen() {
    List<Record> all = Shard.records(bed.world.table.name());
    assertThat(Bed.invoke(stream, Shard.event(all.subList(streamed, all.size()))))
        .isEqualTo("{\"batchItemFailures\":[]}");
    streamed = all.size();
  }

  // Events, as API Gateway makes them.

  /// What nobody reads comes too, as it does from the platform.
  private static final String UNREAD =
      """
      "extendedRequestId":"e","requestTime":"09/Apr/2020:18:03:58 +0000","messageDirection":"IN",
      "messageId":"m","requestTimeEpoch":1583348638390,"domainName":"abc123.example.com",
      "disconnectStatusCode":1001,"disconnectReason":"Going away","apiId":"abc123"\
      """;

  private static String quoted(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(each -> "\"" + each.getKey() + "\":\"" + each.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String asked(Map<String, String> headers) {
    String many =
        headers.entrySet().stream()
            .map(each -> "\"" + each.getKey() + "\":[\"" + each.getValue() + "\"]")
            .collect(Collectors.joining(",", "{", "}"));
    return """
    {"type":"REQUEST","methodArn":"%s","headers":%s,"multiValueHeaders":%s,
     "queryStringParameters":{},"multiValueQueryStringParameters":{},"stageVariables":{"a":"b"},
     "requestContext":{"routeKey":"$connect","eventType":"CONNECT","stage":"live",%s,
      "connectionId":"L0SM9cOFvHcCIhw=","connectedAt":1,
      "identity":{"userAgent":"test","sourceIp":"192.0.2.1"}}}
    """
        .formatted(ROUTE, quoted(headers), many, UNREAD);
  }

  private String event(String kind, String connection, Session session, String more) {
    return """
    {"requestContext":{"routeKey":"$default","eventType":"%s","stage":"live",
      "connectionId":"%s","connectedAt":%d,"requestId":"r",%s,
      "identity":{"userAgent":"test","sourceIp":"192.0.2.1"},"authorizer":%s},
     %s"isBase64Encoded":false}
    """
        .formatted(
            kind,
            connection,
            bed.clock().instant().toEpochMilli(),
            UNREAD,
            quoted(Connections.context(session)),
            more);
  }

  private String open(String connection, Session session) {
    return Bed.invoke(socket, event("CONNECT", connection, session, ""));
  }

  private String say(String connection, Session session, String words) {
    return Bed.invoke(
        socket,
        event("MESSAGE", connection, session, "\"body\":\"" + words.replace("\"", "\\\"") + "\","));
  }

  private List<Link> linksOf(Account account) {
    return links.links(account.id(), bed.clock().instant(), Limits.LINKS_READ);
  }

  // Who may come.

  @Test
  void aTicketLetsInOnce() {
    SessionToken token = signIn(ann);
    String ticket = services.tickets().issue(session(token)).ticket().value();
    String event = asked(Map.of("Sec-WebSocket-Protocol", "parley.v1, " + ticket));
    Fields allowed = FieldsTest.read(Bed.invoke(authorizer, event));
    assertThat(allowed.text("principalId")).isEqualTo(ann.id().value());
    Fields statement = allowed.object("policyDocument").objects("Statement").getFirst();
    assertThat(statement.text("Effect")).isEqualTo("Allow");
    assertThat(statement.text("Action")).isEqualTo("execute-api:Invoke");
    assertThat(statement.text("Resource")).isEqualTo(ROUTE);
    assertThat(allowed.object("context").values())
        .isEqualTo(Map.copyOf(Connections.context(session(token))));
    assertUnauthorized(event);
    assertThat(bed.said())
        .contains("\"Function\":\"SocketAuthorizer\"", "\"status\":101", "ticket_invalid")
        .doesNotContain(ticket, token.value(), "192.0.2.1");
  }

  private void assertUnauthorized(String event) {
    // By these words alone API Gateway answers 401.
    assertThatThrownBy(() -> Bed.invoke(authorizer, event)).hasMessage("Unauthorized");
  }

  @Test
  void aCookieLetsInFromAPageOfOursAlone() {
    Map<String, String> headers =
        Map.of(
            "Sec-WebSocket-Protocol",
            "parley.v1",
            "Cookie",
            "__Host-parley_session=" + signIn(ann).value());
    assertThat(effect(with(headers, "Origin", "https://chat.example.com"))).isEqualTo("Allow");
    assertThat(effect(with(headers, "Origin", "https://other.example"))).isEqualTo("Deny");
    assertThat(effect(headers)).isEqualTo("Deny");
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(name, value);
    return more;
  }

  private String effect(Map<String, String> headers) {
    return FieldsTest.read(Bed.invoke(authorizer, asked(headers)))
        .object("policyDocument")
        .objects("Statement")
        .getFirst()
        .text("Effect");
  }

  @Test
  void nothingElseLetsIn() {
    SessionToken token = signIn(ann);
    String ticket = services.tickets().issue(session(token)).ticket().value();
    assertUnauthorized(asked(Map.of("Sec-WebSocket-Protocol", "parley.v1")));
    assertUnauthorized(asked(Map.of("Sec-WebSocket-Protocol", "parley.v1, garbage")));
    assertUnauthorized(asked(Map.of("Sec-WebSocket-Protocol", "parley.v1, " + token.value())));
    assertUnauthorized(asked(Map.of("Sec-WebSocket-Protocol", ticket)));
    services.sessions().end(token.id());
    assertUnauthorized(asked(Map.of("Sec-WebSocket-Protocol", "parley.v1, " + ticket)));
  }

  @Test
  void aTableThatDoesNotAnswerLetsNobodyIn() {
    FaultyClient lost = FaultyClient.of(TestTables.engine().client(), 3, 0);
    Assembly broken = bed.assembly(lost.client());
    broken.api();
    lost.setRate(1);
    String event = asked(Map.of("Sec-WebSocket-Protocol", "parley.v1, pt_" + "A".repeat(43)));
    SocketAuthorizer helpless = new SocketAuthorizer(broken);
    for (int i = 0; i < 10; i++) {
      // Sometimes it does answer, and says that there is no such ticket.
      assertThatThrownBy(() -> Bed.invoke(helpless, event)).isInstanceOf(RuntimeException.class);
    }
  }

  // What they hear.

  @Test
  void aMessageIsHeardOnEveryConnection() {
    Session anns = session(signIn(ann));
    Session bens = session(signIn(ben));
    assertThat(open("anns=", anns))
        .isEqualTo("{\"statusCode\":200,\"headers\":{\"Sec-WebSocket-Protocol\":\"parley.v1\"}}");
    open("bens=", bens);
    bed.world.send(ann.id(), id, "are you awake?");
    happen();
    Fields heard = FieldsTest.read(bed.management.to("bens=").getFirst());
    assertThat(heard.text("type")).isEqualTo("message");
    assertThat(heard.object("entry").text("text")).isEqualTo("are you awake?");
    assertThat(heard.object("row").number("unread").intValue()).isEqualTo(1);
    assertThat(heard.object("accounts").object(ann.id().value()).text("handle")).isEqualTo("ann");
    assertThat(bed.management.to("anns=")).hasSize(1);
    assertThat(bed.said()).doesNotContain("awake");
  }

  @Test
  void readMarksAndNamesAreHeard() {
    bed.world.send(ann.id(), id, "one");
    happen();
    bed.clock().advance(Limits.SERVER_CLOCK_ALLOWANCE.plusMillis(1));
    open("bens=", session(signIn(ben)));
    bed.world.inbox.markRead(ben.id(), id, 1);
    services.accounts().rename(ben.id(), new DisplayName("Another"));
    happen();
    assertThat(bed.management.to("bens="))
        .extracting(words -> FieldsTest.read(words).text("type"))
        .containsExactly("read", "account");
  }

  @Test
  void aPingIsAnswered() {
    Session anns = session(signIn(ann));
    open("anns=", anns);
    assertThat(say("anns=", anns, "{\"type\":\"ping\"}"))
        .isEqualTo("{\"statusCode\":200,\"body\":\"{\\\"type\\\":\\\"pong\\\"}\"}");
    for (String words : List.of("", "{", "[]", "{\"type\":\"dance\"}", "ping", "null")) {
      assertThat(say("anns=", anns, words)).isEqualTo("{\"statusCode\":200}");
    }
    assertThat(bed.management.ended).isEmpty();
  }

  // How they end.

  @Test
  void whoeverGoesIsForgotten() {
    Session anns = session(signIn(ann));
    open("anns=", anns);
    assertThat(linksOf(ann)).hasSize(1);
    assertThat(Bed.invoke(socket, event("DISCONNECT", "anns=", anns, "")))
        .isEqualTo("{\"statusCode\":200}");
    assertThat(linksOf(ann)).isEmpty();
    open("gone=", anns);
    bed.management.gone.add("gone=");
    bed.clock().advance(Limits.LINK_OPENING);
    bed.world.send(ben.id(), id, "anybody there?");
    happen();
    assertThat(linksOf(ann)).isEmpty();
  }

  private void assertEnded(String connection, int code, String reason) {
    assertThat(bed.management.ended).contains(connection);
    assertThat(bed.management.to(connection).getLast())
        .isEqualTo("{\"type\":\"ending\",\"code\":%d,\"reason\":\"%s\"}".formatted(code, reason));
  }

  @Test
  void signingOutEndsTheConnectionsOfThatSession() {
    SessionToken phone = signIn(ann);
    SessionToken desk = signIn(ann);
    open("phone=", session(phone));
    open("desk=", session(desk));
    services.sessions().end(phone.id());
    happen();
    assertEnded("phone=", 4001, "session_ended");
    assertThat(bed.management.ended).containsExactly("phone=");
    services.sessions().endAll(ann.id());
    happen();
    assertEnded("desk=", 4001, "session_ended");
    assertThat(linksOf(ann)).isEmpty();
  }

  @Test
  void aChangeOfPasswordEndsTheOthers() {
    SessionToken mine = signIn(ann);
    SessionToken other = signIn(ann);
    open("mine=", session(mine));
    open("other=", session(other));
    services
        .sessions()
        .changePassword(
            session(mine),
            new PasswordAttempt(PASSWORD),
            Password.parse("rowing at dusk", ann.handle(), ann.displayName()).orThrow());
    happen();
    assertEnded("other=", 4001, "session_ended");
    assertThat(bed.management.ended).containsExactly("other=");
  }

  /// It ended while the gateway was asking.
  @Test
  void aSessionThatHasJustEndedOpensNothing() {
    SessionToken token = signIn(ann);
    Session session = session(token);
    services.sessions().end(token.id());
    assertThat(open("late=", session)).isEqualTo("{\"statusCode\":401}");
    assertThat(linksOf(ann)).isEmpty();
  }

  @Test
  void whatIsTooLongOrNoTextEndsTheConnection() {
    Session anns = session(signIn(ann));
    open("edge=", anns);
    say("edge=", anns, "x".repeat(1024));
    assertThat(bed.management.ended).isEmpty();
    say("edge=", anns, "x".repeat(1025));
    assertEnded("edge=", 1009, "too_long");
    open("binary=", anns);
    String binary =
        event("MESSAGE", "binary=", anns, "\"body\":\"AQ==\",")
            .replace("\"isBase64Encoded\":false", "\"isBase64Encoded\":true");
    Bed.invoke(socket, binary);
    assertEnded("binary=", 1008, "not_text");
  }

  @Test
  void oneMoreThanTwentyEndsTheOldest() {
    Session anns = session(signIn(ann));
    List<String> all = new ArrayList<>();
    for (int i = 0; i <= Limits.CONNECTIONS_PER_ACCOUNT; i++) {
      all.add("connection" + i);
      open(all.getLast(), anns);
      bed.clock().advance(Duration.ofMillis(1));
    }
    assertEnded(all.getFirst(), 4003, "too_many");
    assertThat(bed.management.ended).hasSize(1);
  }
}
