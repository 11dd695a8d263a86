package parley.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import parley.host.Variables;
import parley.messaging.account.Identity;
import parley.messaging.operator.Actor;
import parley.server.Caller;
import parley.server.OpenIdProvider;
import tools.jackson.databind.JsonNode;

/// Signing in with an identity provider where functions answer, at a real one.
@Tag("serverless")
class FunctionsSignInTest {
  @Test
  void aPersonOfTheProviderIsOneAccountHoweverOftenTheyComeBack() throws Exception {
    try (OpenIdProvider provider = OpenIdProvider.start();
        LocalCloud cloud =
            Clouds.start(
                null,
                Map.of(
                    Variables.OIDC_ISSUER,
                    provider.issuer(),
                    Variables.OIDC_CLIENT,
                    OpenIdProvider.CLIENT,
                    Variables.OIDC_SECRET,
                    OpenIdProvider.CLIENT_SECRET,
                    Variables.OIDC_NAME,
                    "the registry",
                    Variables.OIDC_TRUSTED,
                    "true",
                    Variables.OIDC_RELINK_CLAIM,
                    "nickname"))) {
      String host = "http://127.0.0.1:" + cloud.port();
      provider.become(
          new RSAKeyGenerator(2048).keyID("first").generate(),
          host + "/api/sign-in/oidc/callback",
          Map.of(
              "s1", person("Ada Lovelace", "ada", "1815"),
              "s2", person("Ada King", "ada", "1815"),
              "s3", person("Ada Byron", "ada", "1852")));
      Caller nobody = Caller.nobody(cloud.port());
      JsonNode offered = nobody.get("/api/config").is(200).json().path("providers").path(0);
      assertThat(offered.path("name").asString()).isEqualTo("the registry");
      assertThat(offered.path("path").asString()).isEqualTo("/api/sign-in/oidc");

      JsonNode ada = signedIn(nobody, provider, "s1");
      assertThat(ada.path("handle").asString()).isEqualTo("ada");
      assertThat(ada.path("displayName").asString()).isEqualTo("Ada Lovelace");
      assertThat(signedIn(nobody, provider, "s1").path("id")).isEqualTo(ada.path("id"));
      // With somebody else's state nobody comes in.
      URI to = URI.create(nobody.get("/api/sign-in/oidc").is(303).header("Location"));
      URI back = provider.signIn(to, "s1");
      assertThat(
              nobody.get(back.getRawPath() + "?" + back.getRawQuery()).is(303).header("Location"))
          .isEqualTo("/sign-in?failed=expired");

      // Made anew there, and known again by what the provider is trusted in; nobody else is.
      assertThat(
              Talk.on(cloud)
                  .services()
                  .operators()
                  .users()
                  .gone(new Identity(provider.issuer(), "s1"), Actor.commandLine("root")))
          .isNotNull();
      assertThat(signedIn(nobody, provider, "s3").path("id")).isNotEqualTo(ada.path("id"));
      assertThat(signedIn(nobody, provider, "s2").path("id")).isEqualTo(ada.path("id"));
    }
  }

  private static Map<String, Object> person(String name, String handle, String number) {
    return Map.of("name", name, "preferred_username", handle, "nickname", number);
  }

  /// The account that a browser is signed in to.
  private static JsonNode signedIn(Caller nobody, OpenIdProvider provider, String subject)
      throws Exception {
    Caller.Reply sent = nobody.get("/api/sign-in/oidc").is(303);
    URI back = provider.signIn(URI.create(sent.header("Location")), subject);
    Caller.Reply there =
        nobody
            .send(
                "GET",
                back.getRawPath() + "?" + back.getRawQuery(),
                "",
                "Cookie",
                cookie(sent, "parley_sign_in"))
            .is(303);
    assertThat(there.header("Location")).isEqualTo("/");
    return nobody
        .send("GET", "/api/me", "", "Cookie", cookie(there, "parley_session"))
        .is(200)
        .json();
  }

  private static String cookie(Caller.Reply reply, String name) {
    return reply.headers().allValues("Set-Cookie").stream()
        .filter(line -> line.startsWith(name + "=") && !line.startsWith(name + "=;"))
        .map(line -> line.substring(0, line.indexOf(';')))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no cookie " + name + " in " + reply.headers()));
  }
}
