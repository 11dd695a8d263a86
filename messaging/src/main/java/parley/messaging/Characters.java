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

  /// Whether there is nothing in it that could be seen: white space and zero-width characters only.
  public static boolean isBlank(String text) {
    return text.codePoints()
        .allMatch(c ->
            Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT
                || isControl(c)
                || c == 0x2800
                || c == 0x3164
                || c == 0x115F
                || c == 0x1160);
  }

  /// Whether half of a surrogate pair stands alone, which no encoder can write.
  public static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
