package parley.server.oidc;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator says of one identity provider, in a file of its own.
///
/// `audience` is what its access tokens for this deployment are made out to; null where only people
/// with browsers sign in, and no program brings its tokens. `clientSecret` is null for a public
/// client. `handleClaims` and `nameClaims` are where a handle and a name are looked for, the best
/// first.
public record ProviderSettings(
    String id,
    String name,
    URI issuer,
    String clientId,
    @Nullable String clientSecret,
    @Nullable String audience,
    List<String> scopes,
    List<String> handleClaims,
    List<String> nameClaims) {
  public ProviderSettings {
    scopes = List.copyOf(scopes);
    handleClaims = List.copyOf(handleClaims);
    nameClaims = List.copyOf(nameClaims);
  }

  @Override
  public String toString() {
    return "ProviderSettings[" + id + ", " + issuer + "]";
  }
}
