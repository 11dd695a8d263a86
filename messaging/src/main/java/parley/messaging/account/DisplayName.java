package parley.messaging.account;

import parley.messaging.Characters;
import parley.messaging.Limits;
import parley.messaging.Parsed;

/// The name that other people see: 1 to 50 code points, not blank, on one line.
///
/// Controls are refused, and so are the characters that turn the direction of text: with them a
/// name could be made to look like another.
public record DisplayName(String value) {
  public static Parsed<DisplayName> parse(String text) {
    String stripped = Characters.stripped(text);
    if (Characters.isBlank(stripped)) {
      return wrongLength();
    }
    if (Characters.hasLoneSurrogate(stripped)
        || stripped.codePoints().anyMatch(Characters::isControl)
        || stripped.codePoints().anyMatch(Characters::turnsDirection)
        || stripped.codePoints().anyMatch(Characters::isHidden)
        || stripped.codePoints().anyMatch(Characters::breaksLine)) {
      return Parsed.bad(
          "display_name_characters",
          "A display name has no control characters, line breaks, invisible characters or characters"
              + " that change the direction of text.");
    }
    if (stripped.codePointCount(0, stripped.length()) > Limits.DISPLAY_NAME_CODE_POINTS) {
      return wrongLength();
    }
    return Parsed.good(new DisplayName(stripped));
  }

  private static Parsed<DisplayName> wrongLength() {
    return Parsed.bad(
        "display_name_length",
        "A display name has 1 to "
            + Limits.DISPLAY_NAME_CODE_POINTS
            + " characters, one of which can be seen.");
  }

  @Override
  public String toString() {
    return value;
  }
}
