package parley.serverless.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The parameters of an address, as events have them.
final class QueryText {
  private QueryText() {}

  /// Decoded; several values of one name are joined by commas. One that cannot be decoded stays as
  /// it is.
  static Map<String, String> joined(String query) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        String[] pair = part.split("=", 2);
        all.merge(
            decoded(pair[0]),
            pair.length == 1 ? "" : decoded(pair[1]),
            (one, other) -> one + "," + other);
      }
    }
    return all;
  }

  static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
