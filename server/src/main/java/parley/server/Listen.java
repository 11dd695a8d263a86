package parley.server;

import java.util.OptionalInt;

/// Where a server listens, and to whom. `gatePort` opens the embedded engine to outside tools on
/// this machine.
public record Listen(
    String host, int port, OptionalInt gatePort, Browsers browsers, Limiting limiting) {
  /// For browsers on this machine, with rate limits.
  public Listen(String host, int port, OptionalInt gatePort) {
    this(host, port, gatePort, Browsers.LOCAL, Limiting.ON);
  }

  /// Where people find a server that listens on `port`.
  String url(int port) {
    String name = host.equals("127.0.0.1") || host.equals("::1") ? "localhost" : host;
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
  }
}
