package parley.messaging;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// The one secret of a deployment, from which every key is derived by its purpose (HKDF, RFC 5869).
///
/// It keys the ids of 1:1 conversations, so it must stay the same for as long as the table lives:
/// with another secret, two people who already talk would be given a second conversation.
public final class Secret {
  /// The least number of bytes: as many as the hash behind it (SHA-256) gives.
  public static final int MIN_BYTES = 32;

  private final byte[] bytes;

  public Secret(byte[] bytes) {
    if (bytes.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "the deployment secret has "
              + bytes.length
              + " bytes; it needs at least "
              + MIN_BYTES
              + " random ones");
    }
    this.bytes = bytes.clone();
  }

  /// The HMAC-SHA-256 key for one purpose, such as `"pair-id"`.
  public SecretKey key(String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              "HmacSHA256",
              HKDFParameterSpec.ofExtract()
                  .addIKM(bytes)
                  .thenExpand(("parley/" + purpose).getBytes(StandardCharsets.UTF_8), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks HKDF-SHA256, which every JDK 25 has", e);
    }
  }

  /// The HMAC-SHA-256 of `message` under `key`: 32 bytes.
  public static byte[] hmac(SecretKey key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks HmacSHA256, which every JDK has", e);
    }
  }

  @Override
  public String toString() {
    return "Secret[not shown]";
  }
}
