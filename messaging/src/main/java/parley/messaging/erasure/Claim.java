package parley.messaging.erasure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import parley.messaging.Ids;
import parley.messaging.Parsed;

/// Where the receipt of an erasure lies, and what it is sealed with. Both follow from the code that
/// whoever asked for the erasure was given, and which Parley does not keep.
///
/// `place` is where it lies; `key` seals it, so that what lies there names nobody.
public record Claim(String place, String key) {
  private static final String PREFIX = "e-";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /// A code and the claim that follows from it.
  record Made(String code, Claim claim) {}

  static Made make(SecureRandom random) {
    String code = Ids.random(PREFIX, random);
    return new Made(code, of(code));
  }

  /// The claim of a code that somebody shows.
  public static Parsed<Claim> parse(String code) {
    return Ids.isId(PREFIX, code)
        ? Parsed.good(of(code))
        : Parsed.bad(
            "claim_code_invalid",
            "The code of an erasure is e- followed by 26 of a-z and 2-7: it was shown when the erasure"
                + " was asked for.");
  }

  private static Claim of(String code) {
    return new Claim(
        HexFormat.of().formatHex(sha256("place|" + code)),
        HexFormat.of().formatHex(sha256("key|" + code)));
  }

  /// `text`, so that only who has the code can read it.
  String seal(String text, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8));
    byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
    return Base64.getEncoder().encodeToString(both);
  }

  String open(String base64) {
    byte[] sealed = Base64.getDecoder().decode(base64);
    return new String(
        run(
            Cipher.DECRYPT_MODE,
            Arrays.copyOf(sealed, NONCE_BYTES),
            Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length)),
        StandardCharsets.UTF_8);
  }

  private byte[] run(int mode, byte[] nonce, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(HexFormat.of().parseHex(key), "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed receipt cannot be read or written", e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256, which every JDK has", e);
    }
  }

  @Override
  public String toString() {
    return "Claim[not shown]";
  }
}
