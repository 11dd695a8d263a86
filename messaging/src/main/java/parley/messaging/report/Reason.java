package parley.messaging.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import parley.messaging.Parsed;

/// Why somebody reports a message.
public enum Reason {
  SPAM,
  HARASSMENT,
  VIOLENCE,
  SEXUAL,
  IMPERSONATION,
  OTHER;

  public static Parsed<Reason> parse(String text) {
    for (Reason one : values()) {
      if (one.toString().equals(text)) {
        return Parsed.good(one);
      }
    }
    return Parsed.bad(
        "reason_unknown",
        "A report has one of these reasons: "
            + Arrays.stream(values()).map(Reason::toString).collect(Collectors.joining(", "))
            + ".");
  }

  /// As it travels, and is stored.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
