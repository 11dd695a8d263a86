package parley.messaging;

/// The store did not answer in time, or is busy: the outcome is unknown and trying again is safe.
///
/// Every port may throw it after its own bounded retries. It never carries message text.
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
