package parley.messaging.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import parley.messaging.Parsed;

/// What a client shows with every request: `ps_` and 256 random bits in base64url.
///
/// Whoever holds it is the person, so it is stored only as its hash, and never prints. No salt is
/// needed: there is nothing to guess.
public record SessionToken(String value) {
  private static final String PREFIX = "ps_";
  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("ps_[A-Za-z0-9_-]{43}");

  public SessionToken {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a session token");
    }
  }

  public static Parsed<SessionToken> parse(String text) {
    return FORM.matcher(text).matches()
        ? Parsed.good(new SessionToken(text))
        : Parsed.bad(
            "token_invalid",
            "This is no session token: it is ps_ and 43 characters, as a sign-in returns it.");
  }

  static SessionToken random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SessionToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// The session that it is the token of.
  public SessionId id() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
      return new SessionId(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256, which every JDK has", e);
    }
  }

  @Override
  public String toString() {
    return "SessionToken[not shown]";
  }
}
