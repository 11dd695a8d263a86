package parley.server.http;

/// A port cannot be listened on, mostly because another program does. The message is one sentence
/// for a person.
public final class PortTaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int port;

  PortTaken(String host, int port, Throwable cause) {
    super(
        "Port "
            + port
            + " of "
            + host
            + " cannot be opened ("
            + cause.getMessage()
            + "): stop the program that uses it, or choose another port.",
        cause);
    this.port = port;
  }

  public int port() {
    return port;
  }
}
