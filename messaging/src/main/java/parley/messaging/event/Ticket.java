package parley.messaging.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import parley.messaging.Parsed;

/// What opens one connection, once: `pt_` and 256 random bits in base64url. It is stored only as
/// its hash, and never prints.
public record Ticket(String value) {
  private static final String PREFIX = "pt_";
  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("pt_[A-Za-z0-9_-]{43}");

  public Ticket {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a ticket");
    }
  }

  public static Parsed<Ticket> parse(String text) {
    return FORM.matcher(text).matches()
        ? Parsed.good(new Ticket(text))
        : Parsed.bad("ticket_invalid", "This is no ticket: it is pt_ and 43 characters.");
  }

  static Ticket random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Ticket(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// Under which it is stored: its SHA-256, in hexadecimal.
  String hash() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256, which every JDK has", e);
    }
  }

  @Override
  public String toString() {
    return "Ticket[not shown]";
  }
}
