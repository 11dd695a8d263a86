package parley.messaging.account;

/// An Argon2 hash with its parameters and salt, in PHC string format. It never prints.
public record PasswordHash(String phc) {
  @Override
  public String toString() {
    return "PasswordHash[not shown]";
  }
}
