package parley.lambda;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.api.Providers;
import parley.host.oidc.OidcProviders;
import parley.host.oidc.ProviderSettings;
import parley.messaging.Parsed;
import parley.messaging.account.Identities;

/// The identity provider that functions are told of, in a class of its own: where there is none,
/// nothing of it is loaded.
///
/// | variable | |
/// |---|---|
/// | `PARLEY_OIDC_ISSUER` | the issuer, as its own configuration names it. No provider without it |
/// | `PARLEY_OIDC_CLIENT` | what it calls this deployment |
/// | `PARLEY_OIDC_SECRET`, or `PARLEY_OIDC_SECRET_ARN` | what functions prove themselves with, or where it is kept; neither for a public client |
/// | `PARLEY_OIDC_ID` | what it goes by in addresses: `oidc`, unless something is said |
/// | `PARLEY_OIDC_NAME` | what people are shown; the same, unless something is said |
/// | `PARLEY_OIDC_AUDIENCE` | what access tokens for this deployment are made out to; none are taken without it |
final class SignInSettings {
  static final String ISSUER = "PARLEY_OIDC_ISSUER";
  static final String CLIENT = "PARLEY_OIDC_CLIENT";
  static final String SECRET = "PARLEY_OIDC_SECRET";
  static final String SECRET_ARN = "PARLEY_OIDC_SECRET_ARN";
  static final String ID = "PARLEY_OIDC_ID";
  static final String NAME = "PARLEY_OIDC_NAME";
  static final String AUDIENCE = "PARLEY_OIDC_AUDIENCE";

  private static final String USUAL_ID = "oidc";

  private SignInSettings() {}

  /// Whether there is one.
  static boolean isThere(Environment environment) {
    return environment.optional(ISSUER) != null;
  }

  /// The providers of this environment, to sign in with.
  static Providers providers(Environment environment, Identities identities, InstantSource clock) {
    return new OidcProviders(List.of(of(environment)), identities, clock);
  }

  private static ProviderSettings of(Environment environment) {
    String id = or(environment.optional(ID), USUAL_ID);
    return new ProviderSettings(
        ProviderSettings.parseId(id).orThrow(),
        or(environment.optional(NAME), id),
        issuer(environment),
        environment.required(CLIENT, "what the identity provider calls this deployment"),
        secret(environment),
        environment.optional(AUDIENCE),
        ProviderSettings.SCOPES,
        ProviderSettings.HANDLE_CLAIMS,
        ProviderSettings.NAME_CLAIMS);
  }

  private static URI issuer(Environment environment) {
    String text = environment.required(ISSUER, "the issuer");
    return switch (ProviderSettings.parseIssuer(text)) {
      case Parsed.Good<URI>(URI issuer) -> issuer;
      case Parsed.Bad<URI> bad ->
          throw new IllegalStateException(ISSUER + " is " + text + ": " + bad.message());
    };
  }

  /// Read when an instance starts, like the deployment's own.
  private static @Nullable String secret(Environment environment) {
    String given = environment.optional(SECRET);
    String arn = environment.optional(SECRET_ARN);
    return given != null || arn == null ? given : StoredSecret.text(environment, arn);
  }

  private static String or(@Nullable String said, String usual) {
    return said == null ? usual : said;
  }
}
