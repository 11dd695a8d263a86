package parley.host.oidc;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.Secret;

/// By what a provider that is trusted in this would know somebody again: keyed hashes of one claim,
/// which tell nobody what it says and are of use at no other provider.
final class Marks {
  private static final String PURPOSE = "relink";

  private Marks() {}

  /// Under each value of the secret, the newest first; none where the provider is not trusted, or
  /// says nothing by which anybody could be told from others.
  static List<String> of(
      ProviderSettings provider, Map<String, Object> claims, @Nullable Secret secret) {
    String claim = provider.relinkClaim();
    String value = claim == null ? null : value(claims.get(claim));
    if (secret == null || value == null) {
      return List.of();
    }
    byte[] said =
        (provider.issuer() + "\n" + claim + "\n" + value).getBytes(StandardCharsets.UTF_8);
    return secret.keys(PURPOSE).stream()
        .map(key -> HexFormat.of().formatHex(Secret.hmac(key, said)))
        .toList();
  }

  /// An address is none, whatever the claim is called.
  private static @Nullable String value(@Nullable Object said) {
    String text =
        switch (said) {
          case String string -> string.strip();
          case Long number -> number.toString();
          case Integer number -> number.toString();
          case null, default -> "";
        };
    return text.isEmpty() || text.length() > Limits.SUBJECT_CHARS || text.contains("@")
        ? null
        : text;
  }
}
