package parley.server.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import parley.messaging.Parsed;

/// What an endpoint knows events of this deployment by: `whsec_` and 24 to 64 bytes in base64, as
/// Standard Webhooks has it. It never prints.
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private WebhookSecret(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  public static Parsed<WebhookSecret> parse(String text) {
    try {
      byte[] bytes =
          text.startsWith(PREFIX)
              ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
              : new byte[0];
      if (bytes.length >= WebhookBounds.SECRET_BYTES_MIN
          && bytes.length <= WebhookBounds.SECRET_BYTES_MAX) {
        return Parsed.good(new WebhookSecret(bytes));
      }
    } catch (IllegalArgumentException e) {
      // It is no base64: said below.
    }
    return Parsed.bad(
        "webhook_secret_invalid",
        "A secret is whsec_ and the base64 of "
            + WebhookBounds.SECRET_BYTES_MIN
            + " to "
            + WebhookBounds.SECRET_BYTES_MAX
            + " random bytes. Make one with `echo \"whsec_$(openssl rand -base64 32)\"`.");
  }

  /// The signature of an event that is told at `seconds`: version, comma, HMAC-SHA256 in base64.
  String sign(String id, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks " + ALGORITHM + ", which every JDK has", e);
    }
  }

  @Override
  public String toString() {
    return "WebhookSecret[not shown]";
  }
}
