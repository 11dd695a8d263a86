package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import parley.host.Variables;
import parley.messaging.Limits;

/// The contract behind an HTTP API: events as the gateway makes them, on a real table.
class HttpFunctionTest {
  /// What the contract takes.
  private static final int BODY_BYTES = 64 * 1024;

  private static final AtomicInteger IDS = new AtomicInteger();

  private final Rig rig = new Rig();
  private final HttpFunction function = new HttpFunction(rig.assembly());

  private record Answer(
      int status, Fields headers, List<String> cookies, Fields body, String text) {
    String code() {
      return body.text("code");
    }
  }

  private Answer ask(Asked asked) {
    return ask(function, asked);
  }

  private static Answer ask(HttpFunction function, Asked asked) {
    Fields answer = FieldsTest.read(Rig.invoke(function, asked.event()));
    assertThat(answer.isTrue("isBase64Encoded")).isFalse();
    String text = answer.required("body");
    return new Answer(
        answer.number("statusCode").intValueExact(),
        answer.object("headers"),
        answer.texts("cookies"),
        text.startsWith("{") ? FieldsTest.read(text) : Fields.NONE,
        text);
  }

  private static Asked get(String path) {
    return new Asked("GET", path);
  }

  private static Asked post(String path, String json) {
    return new Asked("POST", path).json(json);
  }

  private record Person(String id, String handle, String token) {}

  private Person signUp(String handle) {
    Answer answer =
        ask(
            post(
                "/api/accounts",
                "{\"handle\":\"%s\",\"displayName\":\"%s\",\"password\":\"violets are bluish\"}"
                    .formatted(handle, handle)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return new Person(
        answer.body().object("account").required("id"), handle, answer.body().required("token"));
  }

  private String open(Person one, Person other) {
    Answer answer =
        ask(
            post("/api/conversations", "{\"participants\":[\"%s\"]}".formatted(other.handle()))
                .token(one.token()));
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    return answer.body().required("id");
  }

  private Asked message(Person from, String conversation, String text) {
    return post(
            "/api/conversations/" + conversation + "/messages",
            "{\"clientId\":\"%s\",\"text\":%s}".formatted(clientId(), Asked.quoted(text)))
        .token(from.token());
  }

  private String clientId() {
    return parley.messaging.message.ClientId.of(
            rig.clock.instant(), IDS.incrementAndGet(), IDS.incrementAndGet())
        .toString();
  }

  @Test
  void twoPeopleTalk() {
    Person anna = signUp("anna");
    Person bert = signUp("bert");
    String conversation = open(anna, bert);
    Answer sent = ask(message(anna, conversation, "Grüße 😀"));
    assertThat(sent.status()).as(sent.text()).isEqualTo(201);
    Answer history =
        ask(
            get("/api/conversations/" + conversation + "/messages")
                .query("limit=5")
                .token(bert.token()));
    assertThat(history.status()).isEqualTo(200);
    assertThat(history.text()).contains("Grüße 😀");
    assertThat(history.headers().text("Content-Type")).isEqualTo("application/json");
    assertThat(history.headers().text("Cache-Control")).isEqualTo("no-store");
    // Another instance, with nothing in memory.
    HttpFunction other = new HttpFunction(rig.assembly());
    assertThat(ask(other, message(bert, conversation, "back")).status()).isEqualTo(201);
    // This one has not heard of it.
    Answer next = ask(message(anna, conversation, "and again"));
    assertThat(next.body().number("seq")).isEqualTo(BigDecimal.valueOf(3));
  }

  @Test
  void bodiesComeInBase64Too() {
    Person anna = signUp("anna");
    Person bert = signUp("bert");
    String conversation = open(anna, bert);
    Answer sent = ask(message(anna, conversation, "Grüße").base64());
    assertThat(sent.status()).as(sent.text()).isEqualTo(201);
    assertThat(sent.text()).contains("Grüße");
    Asked broken = message(anna, conversation, "x");
    broken.saidToBeBase64();
    assertThat(ask(broken).status()).isEqualTo(400);
  }

  @Test
  void bodiesAreBoundedAsOnAServer() {
    Person anna = signUp("anna");
    String most = "\"" + " ".repeat(BODY_BYTES - 2) + "\"";
    for (boolean base64 : List.of(false, true)) {
      Asked fits = post("/api/conversations", most).token(anna.token());
      Asked larger = post("/api/conversations", most + " ").token(anna.token());
      Asked wide =
          post("/api/conversations", "\"" + "ü".repeat(BODY_BYTES / 2) + "\"").token(anna.token());
      assertThat(ask(base64 ? fits.base64() : fits).code()).isNotEqualTo("body_too_large");
      assertThat(ask(base64 ? larger.base64() : larger).code()).isEqualTo("body_too_large");
      assertThat(ask(base64 ? wide.base64() : wide).code()).isEqualTo("body_too_large");
    }
  }

  @Test
  void browsersHaveTheirSessionInACookie() {
    signUp("anna");
    Answer signedIn =
        ask(
            post(
                    "/api/sessions",
                    "{\"handle\":\"anna\",\"password\":\"violets are bluish\",\"transport\":\"cookie\"}")
                .header("origin", "https://chat.example.com"));
    assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(201);
    assertThat(signedIn.cookies()).hasSize(1);
    assertThat(signedIn.cookies().getFirst()).contains("HttpOnly").contains("Secure");
    assertThat(signedIn.headers().values().keySet())
        .noneMatch(name -> name.equalsIgnoreCase("Set-Cookie"));
    String cookie = signedIn.cookies().getFirst().replaceAll(";.*", "");
    Answer own =
        ask(
            get("/api/me")
                .cookie("theme=dark")
                .cookie(cookie)
                .header("origin", "https://chat.example.com"));
    assertThat(own.status()).as(own.text()).isEqualTo(200);
    assertThat(own.body().text("handle")).isEqualTo("anna");
  }

  @Test
  void problemsAreThoseOfTheContract() {
    Answer unknown = ask(get("/api/nowhere"));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.headers().text("Content-Type")).isEqualTo("application/problem+json");
    assertThat(unknown.code()).isEqualTo("route_not_found");
    assertThat(ask(get("/api/me")).code()).isEqualTo("token_missing");
    assertThat(ask(new Asked("HEAD", "/health/live")).text()).isEmpty();
    assertThat(ask(get("/health/ready")).status()).isEqualTo(200);
    assertThat(ask(get("/openapi.json")).body().object("paths").values()).isNotEmpty();
  }

  @Test
  void aRequestHasTheInvocationsNameUnlessItBringsOne() {
    assertThat(ask(get("/health/live")).headers().text("X-Request-Id")).isEqualTo(Rig.INVOCATION);
    assertThat(
            ask(get("/health/live").header("x-request-id", "mine")).headers().text("X-Request-Id"))
        .isEqualTo("mine");
  }

  @Test
  void whatIsNoSuchEventIsAProblemToo() {
    Fields answer =
        FieldsTest.read(Rig.invoke(function, "{\"httpMethod\":\"GET\",\"path\":\"/\"}"));
    assertThat(answer.number("statusCode")).isEqualTo(BigDecimal.valueOf(400));
    assertThat(answer.text("body")).contains("request_malformed");
  }

  @Test
  void ratesAreCountedByWhoIsConnectedToTheGateway() {
    int status = 200;
    for (int i = 0; i < 10_000 && status == 200; i++) {
      // What the client itself says of its address counts for nothing.
      String claimed = "198.51.100." + i % 250;
      status =
          ask(get("/api/config")
                  .header("x-forwarded-for", claimed)
                  .header("x-parley-viewer", claimed))
              .status();
    }
    assertThat(status).isEqualTo(429);
    assertThat(ask(get("/api/config").from("203.0.113.8")).status()).isEqualTo(200);
  }

  @Test
  void theSecretMustBeTheTables() {
    String other =
        Base64.getEncoder().encodeToString("x".repeat(32).getBytes(StandardCharsets.UTF_8));
    Assembly wrong = rig.with(Variables.SECRET, other).assembly();
    assertThatThrownBy(() -> new HttpFunction(wrong))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("belongs to a deployment with another secret")
        .hasMessageNotContaining(other);
  }

  @Test
  void eachRequestIsALineAndNothingThatPeopleWriteIsInIt() {
    Person anna = signUp("anna");
    Person bert = signUp("bert");
    String conversation = open(anna, bert);
    int before = rig.printed().size();
    ask(message(anna, conversation, "streng geheim").header("x-request-id", "mine"));
    List<String> lines = rig.printed().subList(before, rig.printed().size());
    assertThat(lines).hasSize(1);
    Fields line = FieldsTest.read(lines.getFirst());
    assertThat(line.text("route")).isEqualTo("/api/conversations/{id}/messages");
    assertThat(line.text("method")).isEqualTo("POST");
    assertThat(line.number("status")).isEqualTo(BigDecimal.valueOf(201));
    assertThat(line.text("requestId")).isEqualTo("mine");
    assertThat(line.number("Faults")).isEqualTo(BigDecimal.ZERO);
    assertThat(line.number("Latency")).isPositive();
    assertThat(line.object("units").number("append")).isEqualTo(BigDecimal.ONE);
    ask(message(anna, conversation, "streng geheim").query("limit=1&secret=x"));
    assertThat(rig.printed())
        .noneMatch(text -> text.contains("geheim"))
        .noneMatch(text -> text.contains(anna.token()))
        .noneMatch(text -> text.contains(conversation))
        .noneMatch(text -> text.contains("anna"))
        .noneMatch(text -> text.contains("203.0.113"))
        .noneMatch(text -> text.contains("secret"));
  }

  /// Nothing tells an instance what others do: it believes its memory for five seconds.
  @Test
  void whatAnotherInstanceEndsIsOverAfterFiveSeconds() {
    Person anna = signUp("anna");
    Asked me = get("/api/me").token(anna.token());
    assertThat(ask(me).status()).isEqualTo(200);
    HttpFunction other = new HttpFunction(rig.assembly());
    assertThat(
            ask(other, new Asked("DELETE", "/api/sessions/current").token(anna.token())).status())
        .isEqualTo(204);
    rig.clock.advance(Limits.ACCOUNT_STALENESS);
    assertThat(ask(me).status()).isEqualTo(401);
  }
}
