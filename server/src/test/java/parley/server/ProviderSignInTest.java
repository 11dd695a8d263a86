package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.messaging.account.Identity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Signing in with identity providers from a browser, against two real ones.
class ProviderSignInTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern COOKIE = Pattern.compile("(parley_[a-z_]+)=([^;]*)");

  private static OpenIdProvider one;
  private static OpenIdProvider two;
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    one = OpenIdProvider.start();
    two = OpenIdProvider.start();
    running =
        new Running(
            Browsers.LOCAL,
            List.of(
                Providers.settings("one", one.issuer(), null),
                Providers.settings("two", two.issuer(), null)));
    RSAKey key = new RSAKeyGenerator(2048).keyID("first").generate();
    one.become(
        key,
        Providers.back(running, "one"),
        Map.of(
            "s1", person("Ada Lovelace", "ada", "ada@example.com", true),
            "s2", person("Other Ada", "ada", "ada@example.com", true),
            "s3", person("Unverified", "unverified", "ada@example.com", false),
            "s4", person("Denis", "denis", "denis@example.com", true),
            "s5", person("Once More", "once_more", "once@example.com", true)));
    two.become(
        new RSAKeyGenerator(2048).keyID("other").generate(),
        Providers.back(running, "two"),
        Map.of("s1", person("Ada Elsewhere", "ada", "ada@example.com", true)));
  }

  @AfterAll
  static void stop() throws IOException {
    running.close();
    one.close();
    two.close();
  }

  private static Map<String, Object> person(
      String name, String userName, String email, boolean verified) {
    return Map.of(
        "name", name, "preferred_username", userName, "email", email, "email_verified", verified);
  }

  /// A browser that was sent to a provider: where to, and with what.
  private record Sent(URI to, Map<String, String> cookies) {}

  private static Sent sent(String id) throws Exception {
    HttpResponse<String> response = running.send("GET", "/api/sign-in/" + id, Map.of(), null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return new Sent(
        URI.create(response.headers().firstValue("Location").orElseThrow()), cookies(response));
  }

  private static Map<String, String> cookies(HttpResponse<String> response) {
    Map<String, String> cookies = new HashMap<>();
    for (String line : response.headers().allValues("Set-Cookie")) {
      var pair = COOKIE.matcher(line);
      assertThat(pair.lookingAt()).as(line).isTrue();
      assertThat(line).contains("HttpOnly").contains("SameSite=");
      if (!pair.group(2).isEmpty()) {
        cookies.put(pair.group(1), pair.group(2));
      }
    }
    return cookies;
  }

  private static HttpResponse<String> returned(URI address, Map<String, String> cookies)
      throws Exception {
    return running.send(
        "GET",
        address.getRawPath() + "?" + address.getRawQuery(),
        cookies.isEmpty() ? Map.of() : Map.of("Cookie", Providers.header(cookies)),
        null);
  }

  /// The account that somebody is signed in to by a provider.
  private static JsonNode signIn(String id, OpenIdProvider provider, String subject)
      throws Exception {
    Sent sent = sent(id);
    HttpResponse<String> response = returned(provider.signIn(sent.to(), subject), sent.cookies());
    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location")).contains("/");
    Map<String, String> cookies = cookies(response);
    assertThat(cookies).containsOnlyKeys("parley_session");
    HttpResponse<String> me =
        running.send("GET", "/api/me", Map.of("Cookie", Providers.header(cookies)), null);
    assertThat(me.statusCode()).isEqualTo(200);
    return JSON.readTree(me.body());
  }

  private static void failed(HttpResponse<String> response, String why) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location")).contains("/sign-in?failed=" + why);
    assertThat(cookies(response)).isEmpty();
  }

  @Test
  void aPersonIsOneAccountForEachSubjectOfEachIssuerWhateverTheirAddress() throws Exception {
    JsonNode ada = signIn("one", one, "s1");
    assertThat(ada.path("handle").asString()).startsWith("ada");
    assertThat(ada.path("displayName").asString()).isEqualTo("Ada Lovelace");
    assertThat(ada.path("hasPassword").isBoolean()).isTrue();
    assertThat(ada.path("hasPassword").asBoolean()).isFalse();
    assertThat(signIn("one", one, "s1").path("id")).isEqualTo(ada.path("id"));
    // The same address: recycled, not verified, and said by somebody else.
    JsonNode recycled = signIn("one", one, "s2");
    JsonNode unverified = signIn("one", one, "s3");
    JsonNode elsewhere = signIn("two", two, "s1");
    assertThat(
            List.of(
                ada.path("id"), recycled.path("id"), unverified.path("id"), elsewhere.path("id")))
        .doesNotHaveDuplicates();
    assertThat(
            List.of(
                ada.path("handle").asString(),
                recycled.path("handle").asString(),
                elsewhere.path("handle").asString()))
        .containsExactlyInAnyOrder("ada", "ada2", "ada3");
    assertThat(unverified.path("handle").asString()).isEqualTo("unverified");
  }

  @Test
  void peopleAreOfferedTheProviders() throws Exception {
    JsonNode config = JSON.readTree(running.send("GET", "/api/config", Map.of(), null).body());
    assertThat(config.path("providers").path(0).path("name").asString()).isEqualTo("Provider one");
    assertThat(config.path("providers").path(0).path("path").asString())
        .isEqualTo("/api/sign-in/one");
    assertThat(config.path("signIn").toString()).isEqualTo("[\"password\",\"provider\"]");
  }

  @Test
  void whoIsDisabledIsToldSoAndNotSignedIn() throws Exception {
    signIn("one", one, "s4");
    Providers.disable(running, new Identity(one.issuer(), "s4"), true);
    Sent sent = sent("one");
    failed(returned(one.signIn(sent.to(), "s4"), sent.cookies()), "disabled");
    Providers.disable(running, new Identity(one.issuer(), "s4"), false);
    signIn("one", one, "s4");
  }

  @Test
  void aCodeIsGoodOnce() throws Exception {
    Sent sent = sent("one");
    URI back = one.signIn(sent.to(), "s4");
    assertThat(cookies(returned(back, sent.cookies()))).containsOnlyKeys("parley_session");
    failed(returned(back, sent.cookies()), "refused");
  }

  @Test
  void onlyTheBrowserThatWasSentComesBack() throws Exception {
    Sent sent = sent("one");
    URI back = one.signIn(sent.to(), "s4");
    failed(returned(back, Map.of()), "expired");
    failed(returned(back, sent("one").cookies()), "expired");
    String cookie = sent.cookies().get("parley_sign_in");
    failed(returned(back, Map.of("parley_sign_in", "x" + cookie)), "expired");
    failed(returned(back, Map.of("parley_sign_in", cookie + "A")), "expired");
    // Nothing of this has used the code up.
    assertThat(cookies(returned(back, sent.cookies()))).containsOnlyKeys("parley_session");
  }

  @Test
  void anAnswerOfOneProviderIsNoneOfAnother() throws Exception {
    Sent sent = sent("one");
    URI back = one.signIn(sent.to(), "s4");
    failed(
        returned(URI.create(back.toString().replace("/one/", "/two/")), sent.cookies()), "expired");
  }

  /// What is changed in the address that a browser is sent to, or in the one it comes back to.
  @ParameterizedTest
  @CsvSource({
    "there, nonce=[^&]+, nonce=another, refused",
    "there, code_challenge=[^&]+, code_challenge=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, refused",
    "back, state=[^&]+, state=another, expired",
    "back, iss=[^&]+, iss=http%3A%2F%2F127.0.0.1%3A1, refused",
    "back, iss=[^&]+, x=y, refused",
    "back, code=[^&]+, code=another, refused",
    "back, code=[^&]+, error=access_denied, denied",
    "back, code=[^&]+, x=y, refused",
  })
  void whatIsNotAsItWasSentIsRefused(String where, String what, String by, String why)
      throws Exception {
    Sent sent = sent("one");
    URI to = where.equals("there") ? changed(sent.to(), what, by) : sent.to();
    URI back = one.signIn(to, "s4");
    failed(returned(where.equals("back") ? changed(back, what, by) : back, sent.cookies()), why);
  }

  private static URI changed(URI address, String what, String by) {
    String changed = address.toString().replaceFirst("(?<=[?&])" + what, by);
    assertThat(changed).isNotEqualTo(address.toString());
    return URI.create(changed);
  }

  private static int erasureWithoutPassword(Map<String, String> cookies) throws Exception {
    Map<String, String> headers =
        Map.of(
            "Cookie",
            Providers.header(cookies),
            "Origin",
            running.origin(),
            "Sec-Fetch-Site",
            "same-origin");
    int status = running.send("POST", "/api/me/erasure", headers, "{}").statusCode();
    if (status == 201) {
      assertThat(running.send("DELETE", "/api/me/erasure", headers, null).statusCode())
          .isEqualTo(204);
    }
    return status;
  }

  /// A provider that knows its person already lets them in without asking, so a sign-in alone says
  /// only that their browser is there.
  @Test
  void onlyWhoWasAskedOnceMoreHasShownWhoTheyAre() throws Exception {
    Sent in = sent("one");
    Map<String, String> entered = cookies(returned(one.signIn(in.to(), "s5"), in.cookies()));
    assertThat(erasureWithoutPassword(entered)).isEqualTo(422);
    for (String what : List.of("export", "erasure")) {
      Sent again = sent("one?again=" + what);
      assertThat(again.to().getQuery()).contains("prompt=login").contains("max_age=300");
      HttpResponse<String> back = returned(one.signIn(again.to(), "s5"), again.cookies());
      assertThat(back.headers().firstValue("Location")).contains("/settings?again=" + what);
      assertThat(erasureWithoutPassword(cookies(back))).isEqualTo(201);
    }
    // A provider that does not say when it asked has not said that it did.
    Sent again = sent("one?again=erasure");
    URI mute = changed(changed(again.to(), "max_age=300", "x=y"), "prompt=login", "z=y");
    HttpResponse<String> back = returned(one.signIn(mute, "s5"), again.cookies());
    assertThat(back.headers().firstValue("Location"))
        .contains("/settings?again=erasure&failed=not_asked");
    assertThat(cookies(back)).isEmpty();
    // Nobody is sent away with something that is not on the list.
    assertThat(running.send("GET", "/api/sign-in/one?again=entry", Map.of(), null).statusCode())
        .isEqualTo(422);
  }

  @Test
  void aProviderThatIsNotThereIsSaidToBe() throws Exception {
    HttpResponse<String> response = running.send("GET", "/api/sign-in/three", Map.of(), null);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("provider_not_found");
  }
}
