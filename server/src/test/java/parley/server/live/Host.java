package parley.server.live;

import java.net.URI;

/// Something that serves the contract, for [EventContract]: one server, two of one deployment, or
/// functions behind a gateway.
public interface Host extends AutoCloseable {
  /// Where those are connected who listen.
  URI here();

  /// Where those send who make something happen; the same where there is one server.
  URI there();

  /// Whether a gateway keeps the connections, which refuses without words, ends with a code of its
  /// own and puts fragments together.
  default boolean isGateway() {
    return false;
  }

  @Override
  void close();
}
