package parley.api;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;

/// How the token of a session travels.
enum Transport {
  /// In the answer, and then as `Authorization: Bearer`.
  BEARER,
  /// In a cookie that scripts cannot read.
  COOKIE;

  static Parsed<Transport> parse(String text) {
    for (Transport transport : values()) {
      if (transport.toString().equals(text)) {
        return Parsed.good(transport);
      }
    }
    return Parsed.bad("transport_unknown", "A token travels as bearer or as cookie. Send one.");
  }

  static Transport or(@Nullable Transport given) {
    return given == null ? BEARER : given;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
