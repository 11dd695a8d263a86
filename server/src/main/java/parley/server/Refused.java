package parley.server;

/// This cannot start as it was asked to. The message says what, why and what to do, for a person.
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Refused(String message) {
    super(message);
  }

  public Refused(String message, Throwable cause) {
    super(message, cause);
  }
}
