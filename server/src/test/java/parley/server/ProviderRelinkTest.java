package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.messaging.account.Identity;
import parley.messaging.operator.Actor;
import parley.messaging.operator.AuditEntry;
import parley.messaging.operator.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who is made anew at a provider that is trusted is the same person once it has said so; whatever
/// another provider says, or an address, is of no use for that. Two real providers.
class ProviderRelinkTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static OpenIdProvider one;
  private static OpenIdProvider two;
  private static Running running;
  private static String operator;

  @BeforeAll
  static void start() throws Exception {
    one = OpenIdProvider.start();
    two = OpenIdProvider.start();
    running =
        new Running(
            Browsers.LOCAL,
            List.of(
                Providers.settings("one", one.issuer(), "nickname"),
                Providers.settings("two", two.issuer(), null)));
    operator = Tokens.of(running.server, "sync", Scope.USERS, Duration.ofDays(1));
    one.become(
        new RSAKeyGenerator(2048).keyID("one").generate(),
        Providers.back(running, "one"),
        Map.of(
            "a1", person("ada", "7", "ada@example.com"),
            "a2", person("ada", "7", "ada@example.com"),
            "b1", person("ben", "8", "ben@example.com"),
            "b2", person("ben", "9", "ben@example.com"),
            "c1", person("cyd", "cyd@example.com", "cyd@example.com"),
            "c2", person("cyd", "cyd@example.com", "cyd@example.com"),
            "d1", person("dan", "11", "dan@example.com"),
            "d2", person("dan", "11", "dan@example.com"),
            "f2", person("fay", "20", "fay@example.com"),
            "g1", person("gus", "21", "gus@example.com")));
    two.become(
        new RSAKeyGenerator(2048).keyID("two").generate(),
        Providers.back(running, "two"),
        Map.of(
            "a2", person("ada", "7", "ada@example.com"),
            "e1", person("eve", "12", "eve@example.com"),
            "e2", person("eve", "12", "eve@example.com")));
  }

  @AfterAll
  static void stop() throws IOException {
    running.close();
    one.close();
    two.close();
  }

  /// `number` is what the provider knows its people by, whatever subject they have.
  private static Map<String, Object> person(String userName, String number, String email) {
    return Map.of(
        "name",
        userName,
        "preferred_username",
        userName,
        "nickname",
        number,
        "email",
        email,
        "email_verified",
        true);
  }

  private static HttpResponse<String> arrived(String id, OpenIdProvider provider, String subject)
      throws Exception {
    HttpResponse<String> sent = running.send("GET", "/api/sign-in/" + id, Map.of(), null);
    URI to = URI.create(sent.headers().firstValue("Location").orElseThrow());
    URI back = provider.signIn(to, subject);
    return running.send(
        "GET", back.getRawPath() + "?" + back.getRawQuery(), Map.of("Cookie", cookies(sent)), null);
  }

  private static String cookies(HttpResponse<String> response) {
    Map<String, String> cookies = new HashMap<>();
    for (String line : response.headers().allValues("Set-Cookie")) {
      String pair = line.split(";", 2)[0];
      cookies.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    return Providers.header(cookies);
  }

  private static int me(String cookies) throws Exception {
    return running.send("GET", "/api/me", Map.of("Cookie", cookies), null).statusCode();
  }

  private static String signedIn(String id, OpenIdProvider provider, String subject)
      throws Exception {
    String cookies = cookies(arrived(id, provider, subject));
    HttpResponse<String> me = running.send("GET", "/api/me", Map.of("Cookie", cookies), null);
    assertThat(me.statusCode()).as(me.body()).isEqualTo(200);
    JsonNode account = JSON.readTree(me.body());
    return account.path("id").asString();
  }

  private static void gone(OpenIdProvider provider, String subject) {
    assertThat(
            running
                .server
                .services()
                .operators()
                .users()
                .gone(new Identity(provider.issuer(), subject), Actor.commandLine("root")))
        .isNotNull();
  }

  @Test
  void whoIsMadeAnewAtATrustedProviderIsTheSamePersonOnceTheOldSubjectIsGone() throws Exception {
    String before = cookies(arrived("one", one, "a1"));
    String ada = signedIn("one", one, "a1");
    assertThat(me(before)).isEqualTo(200);
    gone(one, "a1");
    // Every session is over, and nobody signs in by the old subject.
    assertThat(me(before)).isEqualTo(401);
    assertThat(arrived("one", one, "a1").headers().firstValue("Location"))
        .contains("/sign-in?failed=refused");
    // The same user name, number and address at another provider are somebody else's.
    assertThat(signedIn("two", two, "a2")).isNotEqualTo(ada);
    assertThat(signedIn("one", one, "a2")).isEqualTo(ada);
  }

  @Test
  void aRecycledUserNameAndAddressAreSomebodyElse() throws Exception {
    // Another number, though user name and verified address are those of who is gone.
    String ben = signedIn("one", one, "b1");
    gone(one, "b1");
    assertThat(signedIn("one", one, "b2")).isNotEqualTo(ben);
    // And the same number, where nobody said that the old subject is gone.
    String dan = signedIn("one", one, "d1");
    assertThat(signedIn("one", one, "d2")).isNotEqualTo(dan);
  }

  @Test
  void anAddressLinksNobodyWhateverTheClaimIsCalled() throws Exception {
    String cyd = signedIn("one", one, "c1");
    gone(one, "c1");
    assertThat(signedIn("one", one, "c2")).isNotEqualTo(cyd);
  }

  @Test
  void aProviderThatIsNotTrustedLinksNobody() throws Exception {
    String eve = signedIn("two", two, "e1");
    gone(two, "e1");
    assertThat(signedIn("two", two, "e2")).isNotEqualTo(eve);
  }

  /// Who a product's own list makes of a subject, of whom the provider says `number`.
  private static String made(int status, OpenIdProvider provider, String subject, String number)
      throws Exception {
    String body =
        """
        {"issuer":"%s","subject":"%s","handle":"%s","knownBy":"%s"}\
        """
            .formatted(provider.issuer(), subject, subject, number);
    HttpResponse<String> made = running.order("POST", "/operator/users", operator, body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(status);
    return JSON.readTree(made.body()).path("id").asString();
  }

  @Test
  void aProductThatMakesSomebodyAnewFindsThemAsASignInDoes() throws Exception {
    String fay = made(201, one, "f1", "20");
    assertThat(made(200, one, "f1", "20")).isEqualTo(fay);
    gone(one, "f1");
    assertThat(made(201, one, "f9", "22")).isNotEqualTo(fay);
    assertThat(made(200, one, "f2", "20")).isEqualTo(fay);
    assertThat(made(200, one, "f2", "20")).isEqualTo(fay);
    assertThat(signedIn("one", one, "f2")).isEqualTo(fay);
    // It was kept for one.
    assertThat(made(201, one, "f3", "20")).isNotEqualTo(fay);
    assertThat(running.server.services().operators().trail(null))
        .filteredOn(line -> line.subject().equals(fay))
        .extracting(AuditEntry::action)
        .containsExactly(
            AuditEntry.Action.IDENTITY_LINKED,
            AuditEntry.Action.IDENTITY_GONE,
            AuditEntry.Action.USER_CREATED);
    // Whom a sign-in made is found by the product too.
    String gus = signedIn("one", one, "g1");
    gone(one, "g1");
    assertThat(made(200, one, "g2", "21")).isEqualTo(gus);
  }

  @Test
  void aProductFindsNobodyWhereASignInWouldNot() throws Exception {
    // Nobody said that the old one is gone.
    String hal = made(201, one, "h1", "30");
    assertThat(made(201, one, "h2", "30")).isNotEqualTo(hal);
    // The provider is not trusted in this, or not known at all.
    String ida = made(201, two, "i1", "31");
    gone(two, "i1");
    assertThat(made(201, two, "i2", "31")).isNotEqualTo(ida);
    // What the other provider says is nothing to this one.
    String jan = made(201, one, "j1", "32");
    gone(one, "j1");
    assertThat(made(201, two, "j2", "32")).isNotEqualTo(jan);
    // An address is none.
    String kim = made(201, one, "k1", "kim@example.com");
    gone(one, "k1");
    assertThat(made(201, one, "k2", "kim@example.com")).isNotEqualTo(kim);
  }
}
