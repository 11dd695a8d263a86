package parley.api;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;

/// A query parameter. `otherwise` is its value when it is not given, null for none; `schema` its
/// JSON Schema.
record Parameter<T>(
    String name,
    String doc,
    boolean required,
    @Nullable T otherwise,
    Function<String, Parsed<T>> parse,
    Map<String, Object> schema) {
  /// More digits than any bound has, and few enough for a `long`.
  private static final int DIGITS = 18;

  /// A whole number from `min` to `max`.
  static Parameter<Long> wholeNumber(
      String name, long min, long max, @Nullable Long otherwise, String doc) {
    Map<String, Object> schema =
        otherwise == null
            ? Map.of("type", "integer", "minimum", min, "maximum", max)
            : Map.of("type", "integer", "minimum", min, "maximum", max, "default", otherwise);
    return new Parameter<>(
        name,
        doc,
        false,
        otherwise,
        text -> {
          boolean digits =
              !text.isEmpty()
                  && text.length() <= DIGITS
                  && text.chars().allMatch(c -> c >= '0' && c <= '9');
          long number = digits ? Long.parseLong(text) : -1;
          return number >= min && number <= max
              ? Parsed.good(number)
              : Parsed.bad(
                  "out_of_range",
                  name + " must be a whole number from " + min + " to " + max + ".");
        },
        schema);
  }

  /// One of the values of an enum, by its name as it travels.
  static <T extends Enum<T>> Parameter<T> oneOf(
      String name, T[] values, @Nullable T otherwise, String doc) {
    List<String> names = Arrays.stream(values).map(Enum::toString).toList();
    return new Parameter<>(
        name,
        doc,
        false,
        otherwise,
        text ->
            names.contains(text)
                ? Parsed.good(values[names.indexOf(text)])
                : Parsed.bad(
                    "unknown_value", name + " is one of: " + String.join(", ", names) + "."),
        otherwise == null
            ? Map.of("type", "string", "enum", names)
            : Map.of("type", "string", "enum", names, "default", otherwise.toString()));
  }

  /// A text that need not be there and is parsed by whoever uses it.
  static Parameter<String> text(String name, String doc) {
    return new Parameter<>(name, doc, false, null, Parsed::good, Map.of("type", "string"));
  }

  /// A text that must be there.
  static <T> Parameter<T> required(
      String name, Function<String, Parsed<T>> parse, Map<String, Object> schema, String doc) {
    return new Parameter<>(name, doc, true, null, parse, schema);
  }
}
