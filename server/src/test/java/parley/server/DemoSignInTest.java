package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.api.Origin;
import parley.api.Origins;
import parley.messaging.account.Account;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The people of a demonstration: two whom this machine's browser may be, and nobody else.
class DemoSignInTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Running running;
  private Account ann;
  private Account ben;

  @BeforeEach
  void start() throws Exception {
    running = new Running();
    ann = running.signUp("ann");
    ben = running.signUp("ben");
    running.signUp("eve");
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private void invite() {
    running.server.invite(List.of(ben.id(), ann.id()));
  }

  private HttpResponse<String> signIn(String handle, Map<String, String> headers) throws Exception {
    return running.send("POST", "/api/demo/sessions", headers, "{\"handle\":\"" + handle + "\"}");
  }

  private HttpResponse<String> signIn(String handle) throws Exception {
    return signIn(handle, Map.of("Origin", running.origin()));
  }

  private JsonNode offered() throws Exception {
    return JSON.readTree(running.send("GET", "/api/config", Map.of(), null).body()).path("demo");
  }

  @Test
  void thoseWhoAreOfferedCanBeSignedInAs() throws Exception {
    invite();
    assertThat(offered().findValuesAsString("handle")).containsExactly("ben", "ann");
    HttpResponse<String> signedIn = signIn("ann");
    assertThat(signedIn.statusCode()).isEqualTo(201);
    assertThat(JSON.readTree(signedIn.body()).path("token").isNull()).isTrue();
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
    HttpResponse<String> me =
        running.send("GET", "/api/me", Map.of("Cookie", cookie.split(";", 2)[0]), null);
    assertThat(JSON.readTree(me.body()).path("handle").asString()).isEqualTo("ann");
  }

  @Test
  void nobodyElseCan() throws Exception {
    invite();
    isRefused(signIn("eve"), 404, "demo_person_not_found");
    isRefused(signIn("nobody_here"), 404, "demo_person_not_found");
  }

  @Test
  void withoutADemonstrationNobodyIsOffered() throws Exception {
    assertThat(offered().isArray()).isTrue();
    assertThat(offered()).isEmpty();
    isRefused(signIn("ann"), 404, "demo_person_not_found");
  }

  /// A page of elsewhere could make this machine's browser ask; so could a name that leads here.
  @Test
  void onlyOwnPagesMayAsk() throws Exception {
    invite();
    isRefused(signIn("ann", Map.of()), 403, "origin_refused");
    isRefused(signIn("ann", Map.of("Origin", "https://evil.example")), 403, "origin_refused");
    isRefused(
        signIn("ann", Map.of("Origin", "http://localhost:" + running.server.port())),
        403,
        "origin_refused");
  }

  /// Behind a public address, whoever asks is somewhere else: the command refuses it, and so would
  /// this.
  @Test
  void anotherOriginThanThisMachinesIsNotOwn() throws Exception {
    try (Running elsewhere =
        new Running(new Browsers(new Origins(new Origin("https://chat.example.com"), Set.of())))) {
      Account carl = elsewhere.signUp("carl");
      elsewhere.server.invite(List.of(carl.id()));
      HttpResponse<String> refused =
          elsewhere.send(
              "POST",
              "/api/demo/sessions",
              Map.of("Origin", elsewhere.origin()),
              "{\"handle\":\"carl\"}");
      isRefused(refused, 403, "origin_refused");
    }
  }

  private static void isRefused(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains("\"code\":\"" + code + "\"");
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
  }
}
