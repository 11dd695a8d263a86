package parley.serverless.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.serverless.runtime.Outcome;
import parley.serverless.template.ApiSettings;
import parley.serverless.template.Template;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What functions get of requests and connections, and what comes of their answers. The functions
/// are the test's; the lines are real.
class FrontTest {
  private static final String TEMPLATE =
      """
      {'Resources':{
        'Http':{'Type':'AWS::Lambda::Function','Properties':{}},
        'Socket':{'Type':'AWS::Lambda::Function','Properties':{}},
        'Who':{'Type':'AWS::Lambda::Function','Properties':{}},
        'Requests':{'Type':'AWS::ApiGatewayV2::Api','Properties':{'ProtocolType':'HTTP'}},
        'HttpWay':{'Type':'AWS::ApiGatewayV2::Integration','Properties':{
          'ApiId':{'Ref':'Requests'},'IntegrationUri':{'Fn::GetAtt':['Http','Arn']}}},
        'Any':{'Type':'AWS::ApiGatewayV2::Route','Properties':{'ApiId':{'Ref':'Requests'},
          'RouteKey':'ANY /api/{proxy+}',
          'Target':{'Fn::Join':['',['integrations/',{'Ref':'HttpWay'}]]}}},
        'Events':{'Type':'AWS::ApiGatewayV2::Api','Properties':{'ProtocolType':'WEBSOCKET'}},
        'Live':{'Type':'AWS::ApiGatewayV2::Stage','Properties':{
          'ApiId':{'Ref':'Events'},'StageName':'live'}},
        'Asked':{'Type':'AWS::ApiGatewayV2::Authorizer','Properties':{
          'AuthorizerUri':{'Fn::Sub':'arn:x:path/2015-03-31/functions/${Who.Arn}/invocations'},
          'IdentitySource':['route.request.header.Sec-WebSocket-Protocol']}},
        'SocketWay':{'Type':'AWS::ApiGatewayV2::Integration','Properties':{
          'ApiId':{'Ref':'Events'},'IntegrationUri':{'Fn::GetAtt':['Socket','Arn']}}},
        'Connect':{'Type':'AWS::ApiGatewayV2::Route','Properties':{'ApiId':{'Ref':'Events'},
          'RouteKey':'$connect','AuthorizerId':{'Ref':'Asked'},'Target':'integrations/SocketWay'}},
        'Said':{'Type':'AWS::ApiGatewayV2::Route','Properties':{'ApiId':{'Ref':'Events'},
          'RouteKey':'$default','RouteResponseSelectionExpression':'$default',
          'Target':'integrations/SocketWay'}},
        'Gone':{'Type':'AWS::ApiGatewayV2::Route','Properties':{'ApiId':{'Ref':'Events'},
          'RouteKey':'$disconnect','Target':'integrations/SocketWay'}}}}
      """;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private record Asked(String function, JsonNode event) {
    JsonNode context() {
      return event.path("requestContext");
    }
  }

  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private volatile Function<Asked, Outcome> answer = _ -> answered("{}");
  private Front front;

  @BeforeEach
  void start() throws Exception {
    Template template = Template.parse(TEMPLATE.replace('\'', '"'), "local-1", Map.of());
    front =
        Front.start(
            0,
            ApiSettings.http(template),
            ApiSettings.webSocket(template),
            (function, event) -> {
              Asked call = new Asked(function.id(), JsonMapper.shared().readTree(event));
              asked.add(call);
              return answer.apply(call);
            },
            Instant::now);
  }

  @AfterEach
  void stop() {
    front.close();
  }

  private static Outcome answered(String json) {
    return new Outcome.Answered(json.replace('\'', '"'));
  }

  private Asked next() throws InterruptedException {
    Asked call = asked.poll(60, TimeUnit.SECONDS);
    assertThat(call).isNotNull();
    return call;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + front.port() + path));
  }

  private static HttpResponse<String> sent(HttpRequest request) throws Exception {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  // Requests.

  @Test
  void aRequestBecomesAnEventAndTheAnswerAResponse() throws Exception {
    answer =
        _ ->
            answered(
                "{'statusCode':201,'headers':{'X-One':'1'},'cookies':['a=b','c=d'],'body':'{}'}");
    HttpResponse<String> response =
        sent(
            request("/api/accounts/a%20b?prefix=x%2Fy&limit=1&limit=2")
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Cookie", "one=1; two=2")
                .header("X-Twice", "1")
                .header("X-Twice", "2")
                .POST(HttpRequest.BodyPublishers.ofString("{\"é\":1}"))
                .build());
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().allValues("Set-Cookie")).containsExactly("a=b", "c=d");
    assertThat(response.headers().firstValue("X-One")).hasValue("1");
    assertThat(response.body()).isEqualTo("{}");
    JsonNode event = next().event();
    assertThat(event.path("version").asString()).isEqualTo("2.0");
    assertThat(event.path("routeKey").asString()).isEqualTo("ANY /api/{proxy+}");
    assertThat(event.path("rawPath").asString()).isEqualTo("/api/accounts/a%20b");
    assertThat(event.path("rawQueryString").asString()).isEqualTo("prefix=x%2Fy&limit=1&limit=2");
    assertThat(event.path("queryStringParameters").path("prefix").asString()).isEqualTo("x/y");
    assertThat(event.path("queryStringParameters").path("limit").asString()).isEqualTo("1,2");
    assertThat(event.path("pathParameters").path("proxy").asString()).isEqualTo("accounts/a%20b");
    assertThat(event.path("cookies").valueStream().map(JsonNode::asString))
        .containsExactly("one=1", "two=2");
    assertThat(event.path("headers").has("cookie")).isFalse();
    assertThat(event.path("headers").path("x-twice").asString()).isEqualTo("1,2");
    assertThat(event.path("body").asString()).isEqualTo("{\"é\":1}");
    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    JsonNode context = event.path("requestContext");
    assertThat(context.path("http").path("method").asString()).isEqualTo("POST");
    assertThat(context.path("http").path("sourceIp").asString()).isEqualTo("127.0.0.1");
    assertThat(context.path("stage").asString()).isEqualTo("$default");
    PlatformEvent.HTTP.hasAllOf(event);
  }

  @Test
  void whatIsNoTextIsEncodedBothWays() throws Exception {
    answer = _ -> answered("{'statusCode':200,'isBase64Encoded':true,'body':'AAEC'}");
    HttpResponse<byte[]> response =
        CLIENT.send(
            request("/api/x")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[] {0, (byte) 255}))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.body()).containsExactly(0, 1, 2);
    JsonNode event = next().event();
    assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    assertThat(event.path("body").asString()).isEqualTo("AP8=");
  }

  @Test
  void whatGoesWrongIsTheGatewaysOwnAnswer() throws Exception {
    Map<Outcome, Integer> statuses =
        Map.of(
            new Outcome.Failed("E", "words"),
            500,
            new Outcome.Crashed(1),
            500,
            new Outcome.TimedOut(java.time.Duration.ofSeconds(1)),
            503,
            new Outcome.Throttled(),
            503,
            new Outcome.Answered("no json"),
            500,
            answered("{'statusCode':200,'isBase64Encoded':true,'body':'%'}"),
            500);
    for (Map.Entry<Outcome, Integer> each : statuses.entrySet()) {
      answer = _ -> each.getKey();
      HttpResponse<String> response = sent(request("/api/x").build());
      assertThat(response.statusCode()).as("%s", each.getKey()).isEqualTo(each.getValue());
      assertThat(response.body()).startsWith("{\"message\":").doesNotContain("words");
    }
    asked.clear();
    assertThat(sent(request("/other").build()).statusCode()).isEqualTo(404);
    assertThat(sent(request("/api/events").build()).statusCode()).isEqualTo(426);
    assertThat(asked).isEmpty();
  }

  // Connections.

  private static final int BROKE_OFF = 1006;

  private static final class Heard implements WebSocket.Listener {
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      words.add(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable fault) {
      closed.complete(BROKE_OFF);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }

  private WebSocket connect(Heard heard, String... protocols) {
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    if (protocols.length > 0) {
      builder.subprotocols(
          protocols[0], List.of(protocols).subList(1, protocols.length).toArray(String[]::new));
    }
    return builder
        .buildAsync(URI.create("ws://localhost:" + front.port() + "/api/events"), heard)
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private static Outcome welcome(Asked call) {
    if (call.function().equals("Who")) {
      return answered(
          "{'principalId':'u-1','policyDocument':{'Statement':[{'Effect':'Allow','Resource':'%s'}]},'context':{'user':'u-1'}}"
              .formatted(call.event().path("methodArn").asString()));
    }
    return switch (call.context().path("eventType").asString()) {
      case "CONNECT" ->
          answered("{'statusCode':200,'headers':{'Sec-WebSocket-Protocol':'parley.v1'}}");
      case "MESSAGE" -> answered("{'statusCode':200,'body':'heard'}");
      default -> answered("{'statusCode':200}");
    };
  }

  @Test
  void aConnectionComesSpeaksHearsAndGoes() throws Exception {
    answer = FrontTest::welcome;
    Heard heard = new Heard();
    WebSocket socket = connect(heard, "parley.v1", "ticket");
    assertThat(socket.getSubprotocol()).isEqualTo("parley.v1");
    Asked who = next();
    assertThat(who.function()).isEqualTo("Who");
    assertThat(who.event().path("type").asString()).isEqualTo("REQUEST");
    Asked connected = next();
    String id = connected.context().path("connectionId").asString();
    assertThat(id).endsWith("=");
    assertThat(connected.context().path("authorizer").path("user").asString()).isEqualTo("u-1");

    socket.sendText("hel", false).join();
    socket.sendText("lo", true).join();
    Asked said = next();
    assertThat(said.context().path("routeKey").asString()).isEqualTo("$default");
    assertThat(said.event().path("body").asString()).isEqualTo("hello");
    assertThat(heard.words.poll(60, TimeUnit.SECONDS)).isEqualTo("heard");

    assertThat(managed("POST", id, "news").statusCode()).isEqualTo(200);
    assertThat(heard.words.poll(60, TimeUnit.SECONDS)).isEqualTo("news");
    assertThat(managed("GET", id, "").body()).contains("connectedAt", "lastActiveAt");

    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    Asked gone = next();
    assertThat(gone.context().path("eventType").asString()).isEqualTo("DISCONNECT");
    assertThat(gone.context().path("connectionId").asString()).isEqualTo(id);
    assertThat(gone.context().path("authorizer").path("user").asString()).isEqualTo("u-1");
    assertThat(gone.context().path("disconnectStatusCode").asInt()).isEqualTo(1000);
    Stream.of(who, connected, said, gone).map(Asked::event).forEach(PlatformEvent.SOCKET::hasAllOf);
    HttpResponse<String> none = managed("POST", id, "news");
    assertThat(none.statusCode()).isEqualTo(410);
    assertThat(none.headers().firstValue("x-amzn-ErrorType")).hasValue("GoneException");
  }

  @Test
  void functionsEndConnectionsAndPagesDoNot() throws Exception {
    answer = FrontTest::welcome;
    Heard heard = new Heard();
    WebSocket _ = connect(heard, "parley.v1");
    next();
    String id = next().context().path("connectionId").asString();
    HttpRequest page =
        HttpRequest.newBuilder(managing(id)).header("Origin", "http://x").DELETE().build();
    assertThat(sent(page).statusCode()).isEqualTo(403);
    assertThat(managed("DELETE", id, "").statusCode()).isEqualTo(204);
    assertThat(heard.closed.get(60, TimeUnit.SECONDS)).isEqualTo(1000);
    assertThat(next().context().path("eventType").asString()).isEqualTo("DISCONNECT");
  }

  private URI managing(String id) {
    return URI.create(front.managementUrl("live") + "/@connections/" + id.replace("=", "%3D"));
  }

  private HttpResponse<String> managed(String method, String id, String body) throws Exception {
    return sent(
        HttpRequest.newBuilder(managing(id))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private int refusal(String... protocols) {
    try {
      connect(new Heard(), protocols);
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException handshake) {
        return handshake.getResponse().statusCode();
      }
      throw e;
    }
    return 101;
  }

  @Test
  void whoMayNotComeIsRefused() {
    answer = FrontTest::welcome;
    assertThat(refusal()).as("no identity").isEqualTo(401);
    assertThat(asked).isEmpty();
    answer = _ -> new Outcome.Failed("java.lang.RuntimeException", "Unauthorized");
    assertThat(refusal("parley.v1")).isEqualTo(401);
    answer = _ -> new Outcome.Failed("java.lang.RuntimeException", "something else");
    assertThat(refusal("parley.v1")).isEqualTo(500);
    answer = _ -> answered("{'policyDocument':{'Statement':[{'Effect':'Deny','Resource':'*'}]}}");
    assertThat(refusal("parley.v1")).isEqualTo(403);
    answer = _ -> answered("{}");
    assertThat(refusal("parley.v1")).isEqualTo(403);
    answer = call -> call.function().equals("Who") ? welcome(call) : answered("{'statusCode':429}");
    assertThat(refusal("parley.v1")).isEqualTo(429);
  }

  @Test
  void aMessageHasAtMost128Kilobytes() throws Exception {
    answer = FrontTest::welcome;
    Heard heard = new Heard();
    WebSocket socket = connect(heard, "parley.v1");
    for (int i = 0; i < 3; i++) {
      socket.sendText("x".repeat(GatewayBounds.FRAME_BYTES), false).join();
    }
    socket.sendText("x".repeat(GatewayBounds.FRAME_BYTES), true).join();
    assertThat(heard.words.poll(60, TimeUnit.SECONDS)).isEqualTo("heard");
    String id =
        next().function().equals("Who") ? next().context().path("connectionId").asString() : "";
    assertThat(managed("POST", id, "x".repeat(GatewayBounds.MESSAGE_BYTES)).statusCode())
        .isEqualTo(200);
    assertThat(managed("POST", id, "x".repeat(GatewayBounds.MESSAGE_BYTES + 1)).statusCode())
        .isEqualTo(413);
    for (int i = 0; i < 5; i++) {
      socket.sendText("x".repeat(GatewayBounds.FRAME_BYTES), false).join();
    }
    assertThat(heard.closed.get(60, TimeUnit.SECONDS)).isEqualTo(1009);
  }
}
