package parley.messaging.account;

import parley.messaging.Limits;
import parley.messaging.Parsed;

/// The name by which an account is found: 2 to 30 of `a-z 0-9 _`, unique in the deployment.
///
/// Capitals are accepted and lowered, so that two handles cannot differ by case alone.
public record Handle(String value) {
  public Handle {
    if (!isHandle(value)) {
      throw new IllegalArgumentException("not a handle");
    }
  }

  public static Parsed<Handle> parse(String text) {
    String lowered = lowered(text);
    return isHandle(lowered)
        ? Parsed.good(new Handle(lowered))
        : Parsed.bad(
            "handle_invalid",
            "A handle has "
                + Limits.HANDLE_MIN
                + " to "
                + Limits.HANDLE_MAX
                + " characters, each a letter a-z, a digit or _.");
  }

  /// Lowers A to Z alone: Unicode has other capitals whose small letter is one of a to z.
  private static String lowered(String text) {
    StringBuilder lowered = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lowered.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lowered.toString();
  }

  static boolean isHandle(String text) {
    if (text.length() < Limits.HANDLE_MIN || text.length() > Limits.HANDLE_MAX) {
      return false;
    }
    return text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
  }

  @Override
  public String toString() {
    return value;
  }
}
