package parley.host.oidc;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import parley.messaging.account.Identity;

/// What an operator says of one identity provider, in a file of its own.
///
/// `audience` is what its access tokens for this deployment are made out to; null where only people
/// with browsers sign in, and no program brings its tokens. `clientSecret` is null for a public
/// client. `handleClaims` and `nameClaims` are where a handle and a name are looked for, the best
/// first. `relinkClaim` is by what a provider that is trusted in this knows somebody again whom it
/// gave another subject; null where it is not.
public record ProviderSettings(
    String id,
    String name,
    URI issuer,
    String clientId,
    @Nullable String clientSecret,
    @Nullable String audience,
    List<String> scopes,
    List<String> handleClaims,
    List<String> nameClaims,
    @Nullable String relinkClaim) {
  /// What is asked for, and where handle and name are looked for, unless the operator says
  /// otherwise.
  public static final List<String> SCOPES = List.of("openid", "profile");

  public static final List<String> HANDLE_CLAIMS = List.of("preferred_username", "nickname");
  public static final List<String> NAME_CLAIMS =
      List.of("name", "given_name", "preferred_username");

  private static final Pattern CLAIM = Pattern.compile("[A-Za-z0-9_:./-]{1,100}");
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

  /// Of a provider that is not trusted to know people again.
  public ProviderSettings(
      String id,
      String name,
      URI issuer,
      String clientId,
      @Nullable String clientSecret,
      @Nullable String audience,
      List<String> scopes,
      List<String> handleClaims,
      List<String> nameClaims) {
    this(
        id, name, issuer, clientId, clientSecret, audience, scopes, handleClaims, nameClaims, null);
  }

  public ProviderSettings {
    scopes = List.copyOf(scopes);
    handleClaims = List.copyOf(handleClaims);
    nameClaims = List.copyOf(nameClaims);
  }

  /// What a provider goes by in addresses.
  public static Parsed<String> parseId(String text) {
    return ID.matcher(text).matches()
        ? new Parsed.Good<>(text)
        : Parsed.bad("invalid", "a provider goes by 1 to 32 of a-z, 0-9 and -; not by " + text);
  }

  /// By what somebody may be known again: never by what names an address, which is given to others
  /// and verified by nobody knows whom.
  public static Parsed<String> parseRelinkClaim(String text) {
    boolean isAddress = text.toLowerCase(Locale.ROOT).matches(".*(mail|phone).*");
    return CLAIM.matcher(text).matches() && !isAddress && !text.equals("sub")
        ? new Parsed.Good<>(text)
        : Parsed.bad(
            "invalid",
            "somebody is known again by the name of a claim, which is neither an address nor a phone"
                + " number nor sub; not by "
                + text);
  }

  /// Whoever can change what an issuer answers can be anybody here: it must come by https, or from
  /// this machine.
  public static Parsed<URI> parseIssuer(String text) {
    if (Identity.parse(text, "anybody") instanceof Parsed.Good<Identity>) {
      URI issuer = URI.create(text);
      String host = String.valueOf(issuer.getHost());
      boolean local = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
      if ("https".equals(issuer.getScheme()) || local) {
        return new Parsed.Good<>(issuer);
      }
    }
    return Parsed.bad(
        "invalid",
        "an issuer is the https URL by which the provider names itself, without ? and #; http is for a"
            + " provider on this machine only");
  }

  @Override
  public String toString() {
    return "ProviderSettings[" + id + ", " + issuer + "]";
  }
}
