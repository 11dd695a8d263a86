package parley.messaging.account;

import java.nio.charset.StandardCharsets;
import parley.messaging.Characters;

/// What somebody gave as the password of an account, right or wrong. It never prints.
///
/// No rule applies to it: the rules for new passwords may change, and old passwords stay valid.
public record PasswordAttempt(String value) {
  byte[] utf8() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /// Whether it could be right. Half a surrogate pair is written as a question mark in UTF-8, so it
  /// must not match a password with a question mark.
  boolean isUnicode() {
    return !Characters.hasLoneSurrogate(value);
  }

  @Override
  public String toString() {
    return "PasswordAttempt[not shown]";
  }
}
