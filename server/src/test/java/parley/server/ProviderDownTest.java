package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.host.oidc.ProviderSettings;

/// A real identity provider of which a part does not work: nobody waits for long, everybody is
/// told, people with passwords do not notice, and it is used again when it is back.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ProviderDownTest {
  /// What one request to a provider may take, and a little for this machine: a slow one answers
  /// after 30.
  private static final Duration LONGEST = Duration.ofSeconds(28);

  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private static OpenIdProvider provider;
  private static RSAKey key;

  private Running running;

  @BeforeAll
  static void startProvider() throws Exception {
    provider = OpenIdProvider.start();
    key = new RSAKeyGenerator(2048).keyID("first").generate();
  }

  @AfterAll
  static void stopProvider() throws IOException {
    provider.close();
  }

  @BeforeEach
  void start() throws IOException {
    running =
        new Running(
            Browsers.LOCAL,
            List.of(
                new ProviderSettings(
                    "one",
                    "One",
                    URI.create(provider.issuer()),
                    OpenIdProvider.CLIENT,
                    OpenIdProvider.CLIENT_SECRET,
                    OpenIdProvider.AUDIENCE,
                    List.of("openid", "profile"),
                    List.of("preferred_username"),
                    List.of("name"))));
    provider.fails(Map.of());
    provider.become(
        key,
        running.origin() + "/api/sign-in/one/callback",
        Map.of("s1", Map.of("name", "Ada", "preferred_username", "ada")));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private HttpResponse<String> goes() throws Exception {
    return running.send("GET", "/api/sign-in/one", Map.of(), null);
  }

  /// Somebody goes there and comes back: where they are sent at the end. `meanwhile` happens while
  /// they are at the provider.
  private String signsIn(Map<String, String> meanwhile) throws Exception {
    HttpResponse<String> there = goes();
    String cookie = there.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
    URI back =
        provider.signIn(URI.create(there.headers().firstValue("Location").orElseThrow()), "s1");
    provider.fails(meanwhile);
    Instant asked = Instant.now();
    HttpResponse<String> answer =
        running.send(
            "GET", back.getRawPath() + "?" + back.getRawQuery(), Map.of("Cookie", cookie), null);
    assertThat(Duration.between(asked, Instant.now())).isLessThan(LONGEST);
    assertThat(answer.statusCode()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> me() throws Exception {
    Instant now = Instant.now();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(provider.issuer())
                .subject("s1")
                .audience(OpenIdProvider.AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .build());
    token.sign(new RSASSASigner(key));
    Map<String, String> bearer = Map.of("Authorization", "Bearer " + token.serialize());
    return running.send("GET", "/api/me", bearer, null);
  }

  @Test
  void aProviderThatDoesNotSayWhatItIsIsAskedAgainLater() throws Exception {
    // How long it is not asked again is a matter of this clock.
    running.standStill();
    Duration passed = Duration.ZERO;
    for (String how : List.of("down", "failing", "nonsense", "another", "slow", "trickling")) {
      provider.fails(Map.of(DISCOVERY, how));
      Instant asked = Instant.now();
      assertThat(goes().headers().firstValue("Location"))
          .as(how)
          .contains("/sign-in?failed=unavailable");
      assertThat(Duration.between(asked, Instant.now())).as(how).isLessThan(LONGEST);
      assertThat(me().statusCode()).as(how).isEqualTo(503);
      // For a moment nobody waits for it again, even where it is back.
      provider.fails(Map.of());
      assertThat(goes().headers().firstValue("Location")).contains("/sign-in?failed=unavailable");
      passed = passed.plusSeconds(11);
      running.setBehind(passed.negated());
    }
    assertThat(goes().headers().firstValue("Location").orElseThrow())
        .startsWith(provider.issuer() + "/auth?");
    // What was believed goes on being believed while it does not answer.
    provider.fails(Map.of(DISCOVERY, "down"));
    running.setBehind(passed.plusHours(2).negated());
    assertThat(goes().headers().firstValue("Location").orElseThrow())
        .startsWith(provider.issuer() + "/auth?");
    assertThat(running.signUp("beside").handle().value()).isEqualTo("beside");
  }

  @ParameterizedTest
  @ValueSource(strings = {"down", "failing", "nonsense", "slow", "trickling"})
  void withoutItsKeysNobodyIsBelieved(String how) throws Exception {
    assertThat(signsIn(Map.of("/jwks", how))).isEqualTo("/sign-in?failed=unavailable");
    HttpResponse<String> response = me();
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("provider_unavailable");
  }

  @ParameterizedTest
  @CsvSource({
    "down, unavailable",
    "failing, refused",
    "nonsense, refused",
    "slow, unavailable",
    "trickling, unavailable",
  })
  void aCodeThatCannotBeExchangedLetsNobodyIn(String how, String why) throws Exception {
    assertThat(signsIn(Map.of("/token", how))).isEqualTo("/sign-in?failed=" + why);
    provider.fails(Map.of());
    assertThat(signsIn(Map.of())).isEqualTo("/");
  }

  /// Who somebody is stands in the token; what they are called is only told besides.
  @ParameterizedTest
  @ValueSource(strings = {"down", "failing", "nonsense", "slow", "trickling"})
  void whoIsKnownComesInWhereNothingMoreIsTold(String how) throws Exception {
    assertThat(signsIn(Map.of("/me", how))).isEqualTo("/");
  }
}
