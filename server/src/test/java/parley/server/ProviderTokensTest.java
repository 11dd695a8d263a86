package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.host.oidc.ProviderSettings;
import parley.messaging.account.Identity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Access tokens on the API: those that a real provider makes, and those that it would not.
class ProviderTokensTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private OpenIdProvider provider;
  private Running running;
  private RSAKey key;

  @BeforeEach
  void start() throws Exception {
    provider = OpenIdProvider.start();
    key = new RSAKeyGenerator(2048).keyID("first").generate();
    become(key);
    running =
        new Running(
            Browsers.LOCAL,
            List.of(
                new ProviderSettings(
                    "one",
                    "One",
                    URI.create(provider.issuer()),
                    OpenIdProvider.APP,
                    null,
                    OpenIdProvider.AUDIENCE,
                    List.of("openid"),
                    List.of("preferred_username"),
                    List.of("name"))));
  }

  private void become(RSAKey key) {
    provider.become(key, OpenIdProvider.APP_BACK, Map.of("s1", Map.of("name", "Ada")));
  }

  @AfterEach
  void stop() throws IOException {
    running.close();
    provider.close();
  }

  /// What the provider gives a program for somebody who signed in: `access_token` and `id_token`.
  private JsonNode tokens() throws Exception {
    CodeVerifier verifier = new CodeVerifier();
    String challenge = CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue();
    URI to =
        URI.create(
            provider.issuer()
                + "/auth?response_type=code&scope=openid%20chat&client_id="
                + OpenIdProvider.APP
                + "&redirect_uri="
                + encoded(OpenIdProvider.APP_BACK)
                + "&resource="
                + encoded(OpenIdProvider.AUDIENCE)
                + "&code_challenge_method=S256&code_challenge="
                + challenge);
    String query = provider.signIn(to, "s1").getRawQuery();
    String code = query.replaceFirst(".*code=([^&]+).*", "$1");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(provider.issuer() + "/token"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      BodyPublishers.ofString(
                          "grant_type=authorization_code&client_id="
                              + OpenIdProvider.APP
                              + "&code="
                              + code
                              + "&redirect_uri="
                              + encoded(OpenIdProvider.APP_BACK)
                              + "&code_verifier="
                              + verifier.getValue()))
                  .build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return JSON.readTree(response.body());
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> me(String token) throws Exception {
    return running.send("GET", "/api/me", Map.of("Authorization", "Bearer " + token), null);
  }

  private void isTaken(String token) throws Exception {
    HttpResponse<String> response = me(token);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private void isRefused(String what, String token) throws Exception {
    HttpResponse<String> response = me(token);
    assertThat(response.statusCode()).as(what + ": " + response.body()).isEqualTo(401);
    assertThat(response.body()).as(what).contains("\"code\":\"token_invalid\"");
  }

  /// A token as the provider would make it, but for what is changed.
  private String made(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    return signed(key, JWSAlgorithm.RS256, new RSASSASigner(key), "at+jwt", change);
  }

  private String signed(
      RSAKey named,
      JWSAlgorithm algorithm,
      JWSSigner signer,
      String type,
      UnaryOperator<JWTClaimsSet.Builder> change)
      throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm)
                .keyID(named.getKeyID())
                .type(new JOSEObjectType(type))
                .build(),
            change.apply(claims()).build());
    token.sign(signer);
    return token.serialize();
  }

  private JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(provider.issuer())
        .subject("s1")
        .audience(OpenIdProvider.AUDIENCE)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  private static Date at(Duration fromNow) {
    return Date.from(Instant.now().plus(fromNow));
  }

  @Test
  void anAccessTokenOfTheProviderIsItsPersonAndAnIdTokenIsNobody() throws Exception {
    JsonNode tokens = tokens();
    String access = tokens.path("access_token").asString();
    isTaken(access);
    isTaken(made(claims -> claims));
    assertThat(JSON.readTree(me(made(claims -> claims)).body()).path("id"))
        .isEqualTo(JSON.readTree(me(access).body()).path("id"));
    isRefused("an ID token", tokens.path("id_token").asString());
    // A session of its own: it opens connections, and is not ended here alone.
    Map<String, String> bearer = Map.of("Authorization", "Bearer " + access);
    assertThat(running.send("POST", "/api/events/ticket", bearer, null).statusCode())
        .isEqualTo(201);
    HttpResponse<String> ended = running.send("DELETE", "/api/sessions/current", bearer, null);
    assertThat(ended.statusCode()).isEqualTo(409);
    assertThat(ended.body()).contains("token_of_provider");
    // It does not show that anybody was there a moment ago.
    assertThat(running.send("POST", "/api/me/erasure", bearer, "{}").body())
        .contains("confirmation_missing");
  }

  @Test
  void whatTheProviderWouldNotMakeIsRefused() throws Exception {
    isTaken(made(claims -> claims));
    RSAKey other = new RSAKeyGenerator(2048).keyID("first").generate();
    RSAKey unknown = new RSAKeyGenerator(2048).keyID("unknown").generate();
    RSASSASigner signer = new RSASSASigner(key);
    byte[] published = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    byte[] encoded = key.toRSAPublicKey().getEncoded();
    isRefused("none", new PlainJWT(claims().build()).serialize());
    isRefused("none, with a dot", new PlainJWT(claims().build()).serialize() + "AA");
    isRefused(
        "a public key as a shared secret",
        signed(key, JWSAlgorithm.HS256, new MACSigner(published), "at+jwt", it -> it));
    isRefused(
        "an encoded public key as a shared secret",
        signed(key, JWSAlgorithm.HS256, new MACSigner(encoded), "at+jwt", it -> it));
    isRefused(
        "another's key",
        signed(key, JWSAlgorithm.RS256, new RSASSASigner(other), "at+jwt", it -> it));
    isRefused(
        "an unknown key",
        signed(unknown, JWSAlgorithm.RS256, new RSASSASigner(unknown), "at+jwt", it -> it));
    isRefused("another type", signed(key, JWSAlgorithm.RS256, signer, "dpop+jwt", it -> it));
    String good = made(it -> it);
    String[] parts = good.split("\\.", -1);
    String swapped =
        encodedPart("{\"alg\":\"PS256\",\"typ\":\"at+jwt\",\"kid\":\"first\"}")
            + "."
            + parts[1]
            + "."
            + parts[2];
    isRefused("a swapped algorithm", swapped);
    isRefused("an end cut off", good.substring(0, good.length() - 8));
    isRefused("no signature", parts[0] + "." + parts[1] + ".");
    isRefused("another's claims", parts[0] + "." + encodedPart("{}") + "." + parts[2]);
    isTaken(good);
  }

  private static String encodedPart(String text) {
    return java.util.Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsForOthersOrAnotherTimeIsRefused() throws Exception {
    isTaken(
        made(it ->
            it.expirationTime(at(Duration.ofSeconds(-30))).issueTime(at(Duration.ofSeconds(-60)))));
    isTaken(made(it -> it.issueTime(at(Duration.ofSeconds(30)))));
    isRefused("expired", made(it -> it.expirationTime(at(Duration.ofSeconds(-90)))));
    isRefused("from the future", made(it -> it.issueTime(at(Duration.ofSeconds(90)))));
    isRefused("not yet", made(it -> it.notBeforeTime(at(Duration.ofSeconds(90)))));
    isRefused("no end", made(it -> it.expirationTime(null)));
    isRefused("no beginning", made(it -> it.issueTime(null)));
    isRefused("nobody's", made(it -> it.subject(null)));
    isRefused("another audience", made(it -> it.audience("https://other.example.com")));
    isRefused("no audience", made(it -> it.audience((String) null)));
    isRefused("another issuer", made(it -> it.issuer("http://127.0.0.1:1")));
    isRefused("an issuer with a slash", made(it -> it.issuer(provider.issuer() + "/")));
    isRefused("a nonce", made(it -> it.claim("nonce", "n")));
    isRefused("an ID token by its use", made(it -> it.claim("token_use", "id")));
  }

  @Test
  void aTokenFromBeforeASignOutEverywhereIsOverForGood() throws Exception {
    String token = made(it -> it);
    isTaken(token);
    Date before = at(Duration.ofSeconds(-5));
    Map<String, String> bearer = Map.of("Authorization", "Bearer " + token);
    assertThat(running.send("DELETE", "/api/sessions", bearer, null).statusCode()).isEqualTo(204);
    isRefused("from before", token);
    isRefused("made since, from before", made(it -> it.issueTime(before)));
  }

  @Test
  void noTokenOfSomebodyDisabledHolds() throws Exception {
    String token = made(it -> it);
    isTaken(token);
    Providers.disable(running, new Identity(provider.issuer(), "s1"), true);
    isRefused("from before", token);
    isRefused("made since", made(it -> it.issueTime(at(Duration.ofSeconds(50)))));
    Providers.disable(running, new Identity(provider.issuer(), "s1"), false);
    isRefused("from before, enabled", token);
    // What was made a minute after they were disabled holds again.
    running.setBehind(Duration.ofSeconds(-65));
    isTaken(made(it -> it.issueTime(at(Duration.ofSeconds(62)))));
  }

  @Test
  void aNewKeyIsFoundAndAnOldOneForgotten() throws Exception {
    String old = made(it -> it);
    isTaken(old);
    RSAKey next = new RSAKeyGenerator(2048).keyID("second").generate();
    become(next);
    isTaken(signed(next, JWSAlgorithm.RS256, new RSASSASigner(next), "at+jwt", it -> it));
    isRefused("the old key", old);
  }
}
