package parley.api;

import java.util.ArrayList;
import java.util.List;

/// The cookies that a request brings.
final class Cookies {
  private Cookies() {}

  /// Every value that the request has under a name, one in any honest request.
  static List<String> values(ApiRequest request, String name) {
    List<String> values = new ArrayList<>();
    for (String line : request.all("Cookie")) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
          values.add(pair.substring(equals + 1).strip());
        }
      }
    }
    return values;
  }
}
