package parley.prove;

/// Something could not be found out at all: no proof, and no refutation. Says what and why.
public final class GaveUp extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GaveUp(String message) {
    super(message);
  }

  GaveUp(String message, Throwable cause) {
    super(message, cause);
  }
}
