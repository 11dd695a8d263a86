package parley.messaging.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import parley.messaging.Parsed;

/// What somebody shows who runs a deployment: `po_` and 256 random bits in base64url. It is kept
/// only as part of its hash, and never prints.
public record OperatorToken(String value) {
  private static final String PREFIX = "po_";
  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("po_[A-Za-z0-9_-]{43}");

  public OperatorToken {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an operator's token");
    }
  }

  public static Parsed<OperatorToken> parse(String text) {
    return FORM.matcher(text).matches()
        ? Parsed.good(new OperatorToken(text))
        : Parsed.bad("token_invalid", "This is no operator's token: it is po_ and 43 characters.");
  }

  static OperatorToken random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new OperatorToken(
        PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// The id that it is kept under.
  public OperatorId id() {
    try {
      return OperatorId.ofHash(
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256, which every JDK has", e);
    }
  }

  @Override
  public String toString() {
    return "OperatorToken[not shown]";
  }
}
