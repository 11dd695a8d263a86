package parley.server;

/// This cannot be done as it was asked for. The message says what, why and what to do, for a
/// person.
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Of what kind the reason is.
  public enum Why {
    /// What was asked for does not make sense.
    OPTION,
    /// A file, or a name in an order, is not what it should be.
    INPUT,
    /// Whoever was asked does not answer.
    UNAVAILABLE,
    /// A folder cannot be written.
    FOLDER,
    /// Somebody else is at it.
    BUSY,
    /// It is not allowed, or allowed to too many.
    PERMISSION,
    /// Something is missing, or does not fit the rest.
    CONFIGURATION
  }

  private final Why why;

  public Refused(String message) {
    this(Why.CONFIGURATION, message);
  }

  public Refused(String message, Throwable cause) {
    this(Why.CONFIGURATION, message, cause);
  }

  public Refused(Why why, String message) {
    super(message);
    this.why = why;
  }

  public Refused(Why why, String message, Throwable cause) {
    super(message, cause);
    this.why = why;
  }

  /// The options do not make sense.
  public static Refused option(String message) {
    return new Refused(Why.OPTION, message);
  }

  /// A file, or a name, is not what it should be.
  public static Refused input(String message) {
    return new Refused(Why.INPUT, message);
  }

  public Why why() {
    return why;
  }
}
