package parley.messaging;

import java.security.SecureRandom;

/// Random identifiers of 130 bits in 26 characters of lower-case base 32.
///
/// An id starts with a letter and a hyphen (`u-`, `c-`). No handle contains a hyphen, so a text
/// that names a person is either an id or a handle, never both.
public final class Ids {
  /// Characters after the prefix: 26 times 5 bits.
  public static final int LENGTH = 26;

  private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

  private Ids() {}

  /// A new id under `prefix`, from the given source of randomness.
  public static String random(String prefix, SecureRandom random) {
    byte[] bits = new byte[17];
    random.nextBytes(bits);
    return encode(prefix, bits);
  }

  /// The id whose bits are the first 130 of `bits` (at least 17 bytes).
  public static String encode(String prefix, byte[] bits) {
    StringBuilder id = new StringBuilder(prefix.length() + LENGTH).append(prefix);
    for (int i = 0; i < LENGTH; i++) {
      int bit = i * 5;
      int pair =
          (bits[bit / 8] & 0xff) << 8 | (bit / 8 + 1 < bits.length ? bits[bit / 8 + 1] & 0xff : 0);
      id.append(ALPHABET[pair >> (11 - bit % 8) & 31]);
    }
    return id.toString();
  }

  /// Whether `text` has the form of an id under `prefix`.
  public static boolean isId(String prefix, String text) {
    if (text.length() != prefix.length() + LENGTH || !text.startsWith(prefix)) {
      return false;
    }
    for (int i = prefix.length(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= '2' && c <= '7')) {
        return false;
      }
    }
    return true;
  }
}
