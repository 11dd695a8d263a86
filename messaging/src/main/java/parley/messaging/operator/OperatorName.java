package parley.messaging.operator;

import java.util.regex.Pattern;
import parley.messaging.Limits;
import parley.messaging.Parsed;

/// What a token is for, in its operator's words: `prometheus`, `night shift`.
public record OperatorName(String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9 ._-]{0," + (Limits.OPERATOR_NAME - 2) + "}[A-Za-z0-9])?");

  public OperatorName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a token's name");
    }
  }

  public static Parsed<OperatorName> parse(String text) {
    return FORM.matcher(text).matches()
        ? Parsed.good(new OperatorName(text))
        : Parsed.bad(
            "operator_name_invalid",
            "A token's name is 1 to "
                + Limits.OPERATOR_NAME
                + " letters, digits, spaces, dots, hyphens and underscores, with a letter or digit at"
                + " both ends.");
  }

  @Override
  public String toString() {
    return value;
  }
}
