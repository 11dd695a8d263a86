package parley.messaging.operator;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import parley.messaging.Parsed;

/// What somebody may do who runs a deployment. Each route of the operator's listener asks for one.
public enum Scope {
  /// To read the metrics.
  METRICS("metrics", true),

  /// To say how people get to their accounts, and to have accounts erased.
  ACCOUNTS("accounts", true),

  /// To keep a product's own list of people and the accounts here alike: make, change, disable,
  /// enable and erase accounts.
  USERS("users", true),

  /// To look at the table: keys, ids, times and sizes, and nothing that people wrote.
  INSPECT("inspect", true),

  /// With [#INSPECT], to see what people wrote.
  TEXTS("texts", true),

  /// To read the messages that people reported. Each look is a line of the audit trail.
  REPORTS("reports", true),

  /// To give out tokens, take them back, and read the audit trail. No token has it: whoever could
  /// make tokens with one would never lose it.
  OPERATORS("operators", false);

  private final String text;
  private final boolean grantable;

  Scope(String text, boolean grantable) {
    this.text = text;
    this.grantable = grantable;
  }

  /// How it is written.
  public String text() {
    return text;
  }

  /// Those that a token may have.
  public static List<Scope> grantable() {
    return Arrays.stream(values()).filter(scope -> scope.grantable).toList();
  }

  public static Parsed<Scope> parse(String text) {
    for (Scope scope : grantable()) {
      if (scope.text.equals(text)) {
        return Parsed.good(scope);
      }
    }
    return Parsed.bad(
        "scope_unknown",
        "A token may have the scopes "
            + grantable().stream().map(Scope::text).collect(Collectors.joining(", "))
            + ".");
  }

  @Override
  public String toString() {
    return text;
  }
}
