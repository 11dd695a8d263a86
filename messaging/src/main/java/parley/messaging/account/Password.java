package parley.messaging.account;

import java.util.Locale;
import parley.messaging.Characters;
import parley.messaging.Limits;
import parley.messaging.Parsed;

/// A password that an account may have: 10 to 128 code points, taken exactly as they came.
///
/// Nothing is trimmed, normalised or demanded beyond length: what is refused is what would be
/// guessed first (the most used passwords, single words, the person's own names). It never prints.
public record Password(String value) {
  /// The password that `text` is for the person of that handle and name.
  public static Parsed<Password> parse(String text, Handle handle, DisplayName displayName) {
    if (Characters.hasLoneSurrogate(text)) {
      return Parsed.bad(
          "password_not_unicode",
          "The password contains half of a surrogate pair, which stands for no character. Use"
              + " whole characters.");
    }
    int length = text.codePointCount(0, text.length());
    if (length < Limits.PASSWORD_MIN) {
      return Parsed.bad(
          "password_too_short",
          "The password has "
              + length
              + " characters; it needs at least "
              + Limits.PASSWORD_MIN
              + ". Several words make a good one.");
    }
    if (length > Limits.PASSWORD_MAX) {
      return Parsed.bad(
          "password_too_long",
          "The password has "
              + length
              + " characters; it may have at most "
              + Limits.PASSWORD_MAX
              + ".");
    }
    if (text.equalsIgnoreCase(handle.value()) || text.equalsIgnoreCase(displayName.value())) {
      return Parsed.bad(
          "password_is_name",
          "The password is the handle or the display name, which everybody knows. Choose another.");
    }
    if (CommonPasswords.contains(text.toLowerCase(Locale.ROOT))) {
      return Parsed.bad(
          "password_common",
          "The password is one of the most used ones, or a single common word: it would be guessed."
              + " Choose another.");
    }
    return Parsed.good(new Password(text));
  }

  /// The same, as somebody would give it at a sign-in.
  public PasswordAttempt attempt() {
    return new PasswordAttempt(value);
  }

  @Override
  public String toString() {
    return "Password[not shown]";
  }
}
