package parley.messaging.account;

/// So many passwords are being checked that this one cannot be, in time. Nothing was changed that
/// trying again later would not find.
public final class TooBusy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TooBusy() {
    super("too many passwords are being checked");
  }
}
