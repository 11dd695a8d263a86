package parley.server.webhook;

import java.util.Arrays;
import java.util.stream.Collectors;
import parley.messaging.Parsed;

/// What endpoints can be told.
public enum EventKind {
  /// Somebody has written a message.
  MESSAGE_SENT("message.sent"),

  /// An account has been erased.
  ACCOUNT_ERASED("account.erased");

  private final String text;

  EventKind(String text) {
    this.text = text;
  }

  /// How it is written.
  public String text() {
    return text;
  }

  public static Parsed<EventKind> parse(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text.equals(text))
        .findFirst()
        .map(Parsed::good)
        .orElseGet(() ->
            Parsed.bad(
                "event_unknown",
                "The events that there are: "
                    + Arrays.stream(values()).map(EventKind::text).collect(Collectors.joining(", "))
                    + "."));
  }
}
