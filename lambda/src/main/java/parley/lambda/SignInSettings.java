package parley.lambda;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.api.Providers;
import parley.host.Variables;
import parley.host.oidc.OidcProviders;
import parley.host.oidc.ProviderSettings;
import parley.messaging.Parsed;
import parley.messaging.account.Identities;

/// The identity provider that functions are told of ([Variables#OIDC_ISSUER] and further), in a
/// class of its own: where there is none, nothing of it is loaded.
final class SignInSettings {
  private static final String USUAL_ID = "oidc";

  private SignInSettings() {}

  /// Whether there is one.
  static boolean isThere(Environment environment) {
    return environment.optional(Variables.OIDC_ISSUER) != null;
  }

  /// The providers of this environment, to sign in with.
  static Providers providers(Environment environment, Identities identities, InstantSource clock) {
    return new OidcProviders(List.of(of(environment)), identities, clock);
  }

  private static ProviderSettings of(Environment environment) {
    String id = or(environment.optional(Variables.OIDC_ID), USUAL_ID);
    return new ProviderSettings(
        ProviderSettings.parseId(id).orThrow(),
        or(environment.optional(Variables.OIDC_NAME), id),
        issuer(environment),
        environment.required(
            Variables.OIDC_CLIENT, "what the identity provider calls this deployment"),
        secret(environment),
        environment.optional(Variables.OIDC_AUDIENCE),
        ProviderSettings.SCOPES,
        ProviderSettings.HANDLE_CLAIMS,
        ProviderSettings.NAME_CLAIMS);
  }

  private static URI issuer(Environment environment) {
    String text = environment.required(Variables.OIDC_ISSUER, "the issuer");
    return switch (ProviderSettings.parseIssuer(text)) {
      case Parsed.Good<URI>(URI issuer) -> issuer;
      case Parsed.Bad<URI> bad ->
          throw new IllegalStateException(
              Variables.OIDC_ISSUER + " is " + text + ": " + bad.message());
    };
  }

  /// Read when an instance starts, like the deployment's own.
  private static @Nullable String secret(Environment environment) {
    String given = environment.optional(Variables.OIDC_SECRET);
    String arn = environment.optional(Variables.OIDC_SECRET_ARN);
    return given != null || arn == null ? given : StoredSecret.text(environment, arn);
  }

  private static String or(@Nullable String said, String usual) {
    return said == null ? usual : said;
  }
}
