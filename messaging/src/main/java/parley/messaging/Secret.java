package parley.messaging;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// The one secret of a deployment, from which every key is derived by its purpose (HKDF, RFC 5869).
///
/// It may have several values, the newest first. The newest signs; each of them is believed. The
/// last one is the deployment's first, and names conversations: it must stay for as long as the
/// table lives, for under another one two people who already talk would be given a second
/// conversation. So whoever has learnt a value can be kept from making signatures, and conversation
/// ids (which open nothing) stay what they are.
public final class Secret {
  /// The least number of bytes: as many as the hash behind it (SHA-256) gives.
  public static final int MIN_BYTES = 32;

  /// The most values: the newest, the one before it, and the deployment's first.
  public static final int MAX_VALUES = 3;

  private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

  private final List<byte[]> newestFirst;

  public Secret(byte[] bytes) {
    this(List.of(bytes.clone()));
  }

  private Secret(List<byte[]> newestFirst) {
    if (newestFirst.isEmpty() || newestFirst.size() > MAX_VALUES) {
      throw new IllegalArgumentException(
          "the deployment secret has "
              + newestFirst.size()
              + " values; it may have 1 to "
              + MAX_VALUES
              + ", the newest first");
    }
    for (byte[] bytes : newestFirst) {
      if (bytes.length < MIN_BYTES) {
        throw new IllegalArgumentException(
            "the deployment secret has "
                + bytes.length
                + " bytes; it needs at least "
                + MIN_BYTES
                + " random ones");
      }
    }
    this.newestFirst = newestFirst;
  }

  /// Its values in base64 (either alphabet, padded or not), the newest first, with white space or
  /// commas between them.
  ///
  /// @throws IllegalArgumentException if it is something else; the message does not show it
  public static Secret parse(String text) {
    String stripped = text.strip().replace('-', '+').replace('_', '/');
    return new Secret(BETWEEN.splitAsStream(stripped).map(Secret::decoded).toList());
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // Its own message would quote what it met.
      throw new IllegalArgumentException("the deployment secret is not base64");
    }
  }

  /// The HMAC-SHA-256 key that signs for one purpose, such as `"cursor"`.
  public SecretKey key(String purpose) {
    return key(newestFirst.getFirst(), purpose);
  }

  /// The keys whose signatures are believed for one purpose, the one that signs first.
  public List<SecretKey> keys(String purpose) {
    return newestFirst.stream().map(bytes -> key(bytes, purpose)).toList();
  }

  /// The key for what is stored for good, such as `"pair-id"`.
  public SecretKey permanentKey(String purpose) {
    return key(newestFirst.getLast(), purpose);
  }

  /// What tells this deployment's first secret from another, and nothing about it.
  public String fingerprint() {
    return Ids.encode("", hmac(permanentKey("fingerprint"), new byte[0]));
  }

  private static SecretKey key(byte[] bytes, String purpose) {
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
