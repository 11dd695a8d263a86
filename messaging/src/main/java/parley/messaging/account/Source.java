package parley.messaging.account;

/// Where an attempt to prove oneself comes from: an address, or the range of addresses that one
/// subscriber has. It never prints.
public record Source(String value) {
  /// This process itself: a command that loads data, say.
  public static final Source HERE = new Source("here");

  @Override
  public String toString() {
    return "Source[not shown]";
  }
}
