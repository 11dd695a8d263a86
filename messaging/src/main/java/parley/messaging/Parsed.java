package parley.messaging;

/// What became of a text that came from outside: a value of the domain, or the reason why not.
public sealed interface Parsed<T> {
  /// The text was good, and this is its value.
  record Good<T>(T value) implements Parsed<T> {}

  /// The text was refused. `code` is stable and for programs; `message` says what, why and what to
  /// do, for people.
  record Bad<T>(String code, String message) implements Parsed<T> {}

  /// The value, for places where the text cannot be bad (stored values, tests).
  default T orThrow() {
    return switch (this) {
      case Good<T>(T value) -> value;
      case Bad<T>(String code, String message) ->
          throw new IllegalArgumentException(code + ": " + message);
    };
  }

  static <T> Parsed<T> good(T value) {
    return new Good<>(value);
  }

  static <T> Parsed<T> bad(String code, String message) {
    return new Bad<>(code, message);
  }
}
