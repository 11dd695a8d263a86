package parley.server.webhook;

/// What an endpoint's answer means.
enum Verdict {
  /// It has the event.
  TAKEN,

  /// It wants none any more.
  GONE,

  /// It does not want this one, and may have its reasons: another attempt or two, then the next.
  REFUSED,

  /// It could not take it now.
  FAILED;

  static Verdict of(Post.Answer answer) {
    return switch (answer) {
      case Post.Answer.None _ -> FAILED;
      case Post.Answer.Status(int code, _) -> {
        if (code >= 200 && code < 300) {
          yield TAKEN;
        }
        if (code == 410) {
          yield GONE;
        }
        // Too slow, too early, too many: said of the moment, and not of the event. A redirect leads
        // to where nobody has said that events may go.
        boolean momentary = code == 408 || code == 425 || code == 429;
        yield code >= 400 && code < 500 && !momentary ? REFUSED : FAILED;
      }
    };
  }

  /// An answer, for a log.
  static String shown(Post.Answer answer) {
    return switch (answer) {
      case Post.Answer.None(String why) -> why;
      case Post.Answer.Status(int code, _) -> "status " + code;
    };
  }
}
