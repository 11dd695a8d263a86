package parley.api;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;

/// The parameters of a request that its route knows, parsed. Others are ignored.
record Query(Map<Parameter<?>, Object> values) {
  static Query parse(String raw, List<Parameter<?>> parameters) {
    Map<Parameter<?>, Object> values = new HashMap<>();
    Faults faults = new Faults();
    for (Parameter<?> parameter : parameters) {
      Object value = value(raw, parameter, faults);
      if (value != null) {
        values.put(parameter, value);
      }
    }
    faults.refuse();
    return new Query(values);
  }

  private static @Nullable Object value(String raw, Parameter<?> parameter, Faults faults) {
    String name = parameter.name();
    String found = null;
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (name.equals(key) || name.equals(decoded(key))) {
        if (found != null) {
          faults.add(name, "repeated", name + " came more than once. Send it once.");
          return null;
        }
        found = equals < 0 ? "" : pair.substring(equals + 1);
      }
    }
    if (found == null) {
      if (parameter.required()) {
        faults.add(name, "missing", name + " is missing. Send it in the query.");
      }
      return parameter.otherwise();
    }
    String text = decoded(found);
    if (text == null) {
      faults.add(name, "encoding", name + " is not percent-encoded UTF-8. Encode it so.");
      return null;
    }
    return switch (parameter.parse().apply(text)) {
      case Parsed.Good<?>(var good) -> good;
      case Parsed.Bad<?>(String code, String message) -> {
        faults.add(name, code, message);
        yield null;
      }
    };
  }

  /// Percent-decoded, a plus being a space; null if it is not the encoding of any text.
  private static @Nullable String decoded(String raw) {
    if (raw.chars().noneMatch(c -> c == '%' || c == '+' || c > 0x7F)) {
      return raw;
    }
    byte[] bytes = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else if (c > 0x7F) {
        return null;
      } else {
        bytes[length++] = (byte) (c == '+' ? ' ' : c);
      }
    }
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : null;
  }
}
