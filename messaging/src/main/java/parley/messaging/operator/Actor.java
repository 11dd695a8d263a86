package parley.messaging.operator;

import java.util.regex.Pattern;

/// Who did something, as the audit trail has it: the command line and the account of the operating
/// system that ran it (its own word), or the id of a token.
public record Actor(String value) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,32}");

  /// Somebody at the machine, or with the table's credentials.
  public static Actor commandLine(String user) {
    return new Actor("cli:" + (PLAIN.matcher(user).matches() ? user : "?"));
  }

  static Actor token(OperatorId id) {
    return new Actor(id.value());
  }

  @Override
  public String toString() {
    return value;
  }
}
