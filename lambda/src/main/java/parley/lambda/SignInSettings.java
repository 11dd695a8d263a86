package parley.lambda;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.api.Providers;
import parley.host.Variables;
import parley.host.oidc.OidcProviders;
import parley.host.oidc.ProviderSettings;
import parley.messaging.Parsed;
import parley.messaging.Secret;
import parley.messaging.account.Identities;

/// The identity provider that functions are told of ([Variables#OIDC_ISSUER] and further), in a
/// class of its own: where there is none, nothing of it is loaded.
final class SignInSettings {
  private static final String USUAL_ID = "oidc";

  private SignInSettings() {}

  /// The providers of this environment, to sign in with: one, or none.
  static Providers providers(
      Environment environment,
      Supplier<Identities> identities,
      Secret secret,
      InstantSource clock) {
    return environment.optional(Variables.OIDC_ISSUER) == null
        ? Providers.NONE
        : new OidcProviders(List.of(of(environment)), identities.get(), secret, clock);
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
        ProviderSettings.NAME_CLAIMS,
        relinkClaim(environment));
  }

  /// As in a server's file: that a provider is trusted is not to be said in passing.
  private static @Nullable String relinkClaim(Environment environment) {
    String trusted = or(environment.optional(Variables.OIDC_TRUSTED), "false");
    String claim = environment.optional(Variables.OIDC_RELINK_CLAIM);
    if (!trusted.equals("true") && !trusted.equals("false")) {
      throw new IllegalStateException(
          Variables.OIDC_TRUSTED + " is true or false; not " + trusted + ".");
    }
    if (trusted.equals("true") != (claim != null)) {
      throw new IllegalStateException(
          Variables.OIDC_TRUSTED
              + " and "
              + Variables.OIDC_RELINK_CLAIM
              + " belong together: a provider is trusted to know by that claim somebody again whom it"
              + " gave another subject. Set both, or neither.");
    }
    if (claim == null) {
      return null;
    }
    return switch (ProviderSettings.parseRelinkClaim(claim)) {
      case Parsed.Good<String>(String good) -> good;
      case Parsed.Bad<String> bad ->
          throw new IllegalStateException(
              Variables.OIDC_RELINK_CLAIM + " cannot be used: " + bad.message());
    };
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
