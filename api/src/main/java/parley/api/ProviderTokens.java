package parley.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Authenticated;
import parley.messaging.account.SessionId;
import parley.messaging.account.Sessions;

/// Recognises people by the access tokens of identity providers.
///
/// A token is looked at whole with every request: signature, algorithm, issuer, audience, times. It
/// then counts as a session of its own, so that what ends sessions ends it too.
final class ProviderTokens {
  private final Providers providers;
  private final Sessions sessions;

  ProviderTokens(Providers providers, Sessions sessions) {
    this.providers = providers;
    this.sessions = sessions;
  }

  /// Whether it may be one: three parts with dots between them.
  static boolean isLike(String shown) {
    return shown.chars().filter(c -> c == '.').count() == 2;
  }

  /// Whose token this is; null if it does not hold, or is over.
  @Nullable Authenticated who(String text) {
    Providers.Shown token = providers.shown(text);
    return token == null
        ? null
        : sessions.whoShows(id(text), token.issuedAt(), token.expiresAt(), token::account);
  }

  private static SessionId id(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return new SessionId(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256, which every JDK has", e);
    }
  }
}
