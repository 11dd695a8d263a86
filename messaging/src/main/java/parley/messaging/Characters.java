package parley.messaging;

/// What a code point is, where the domain has a rule about it.
public final class Characters {
  private Characters() {}

  /// C0 and C1 controls, line feed and tab among them.
  public static boolean isControl(int codePoint) {
    return Character.getType(codePoint) == Character.CONTROL;
  }

  /// Unicode's bidirectional embeddings, overrides, isolates and marks.
  public static boolean turnsDirection(int codePoint) {
    return switch (Character.getDirectionality(codePoint)) {
      case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
          Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE ->
          true;
      default -> codePoint == 0x200E || codePoint == 0x200F || codePoint == 0x061C;
    };
  }

  /// The two separators that are no controls and yet break a line.
  public static boolean breaksLine(int codePoint) {
    return codePoint == 0x2028 || codePoint == 0x2029;
  }

  /// Formatting characters without a width, save the two joiners that some scripts and emoji need.
  public static boolean isHidden(int codePoint) {
    return Character.getType(codePoint) == Character.FORMAT
        && codePoint != 0x200C
        && codePoint != 0x200D;
  }

  /// The text without white space of any kind at its ends.
  public static String stripped(String text) {
    int[] points = text.codePoints().toArray();
    int from = 0;
    int to = points.length;
    while (from < to && isSpace(points[from])) {
      from++;
    }
    while (to > from && isSpace(points[to - 1])) {
      to--;
    }
    return new String(points, from, to - from);
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /// Whether there is nothing in it that could be seen: white space and zero-width characters only.
  public static boolean isBlank(String text) {
    return text.codePoints()
        .allMatch(c ->
            isSpace(c)
                || Character.getType(c) == Character.FORMAT
                || isControl(c)
                || isVariationSelector(c)
                || BLANK.indexOf(c) >= 0);
  }

  /// Letters and symbols that are drawn as nothing: fillers, the empty Braille pattern, the joiner
  /// of graphemes.
  private static final String BLANK = "\u2800\u3164\u115f\u1160\uffa0\u034f";

  private static boolean isVariationSelector(int codePoint) {
    return codePoint >= 0xFE00 && codePoint <= 0xFE0F
        || codePoint >= 0xE0100 && codePoint <= 0xE01EF;
  }

  /// Whether half of a surrogate pair stands alone, which no encoder can write.
  public static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
