package parley.messaging.message;

import parley.messaging.Characters;
import parley.messaging.Limits;
import parley.messaging.Parsed;

/// What a message says: 1 to 2,000 code points, not blank.
///
/// CRLF becomes LF. LF and TAB are the only controls. Otherwise the text is stored as it came, with
/// no trimming or normalisation: people see exactly what was sent.
public record Text(String value) {
  public static Parsed<Text> parse(String raw) {
    String text = raw.replace("\r\n", "\n");
    if (Characters.hasLoneSurrogate(text)) {
      return Parsed.bad(
          "text_not_unicode",
          "The text contains half of a surrogate pair, which stands for no character. Send whole"
              + " characters.");
    }
    if (text.codePoints().anyMatch(c -> Characters.isControl(c) && c != '\n' && c != '\t')) {
      return Parsed.bad(
          "text_control_character",
          "The text contains a control character. Only line breaks and tabs are allowed.");
    }
    if (Characters.isBlank(text)) {
      return Parsed.bad("text_blank", "The text is empty. Write at least one character.");
    }
    int length = text.codePointCount(0, text.length());
    if (length > Limits.TEXT_CODE_POINTS) {
      return Parsed.bad(
          "text_too_long",
          "The text has "
              + length
              + " characters; a message has at most "
              + Limits.TEXT_CODE_POINTS
              + ". Send it in parts.");
    }
    return Parsed.good(new Text(text));
  }

  /// The first code points of it, for an inbox.
  public String preview() {
    return value.codePointCount(0, value.length()) <= Limits.PREVIEW_CODE_POINTS
        ? value
        : value.substring(0, value.offsetByCodePoints(0, Limits.PREVIEW_CODE_POINTS));
  }

  /// Message text belongs in no log: what prints is its size.
  @Override
  public String toString() {
    return "Text[" + value.length() + " chars]";
  }
}
