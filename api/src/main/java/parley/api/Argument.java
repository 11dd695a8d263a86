package parley.api;

import parley.messaging.Parsed;

/// A word that an operator gives: the name of an access pattern, or what it is asked about.
record Argument(String value) {
  static Parsed<Argument> parse(String text) {
    return text.length() <= Bounds.ARGUMENT_CHARS
        ? Parsed.good(new Argument(text))
        : Parsed.bad(
            "too_long", "A word here has " + Bounds.ARGUMENT_CHARS + " characters at most.");
  }
}
