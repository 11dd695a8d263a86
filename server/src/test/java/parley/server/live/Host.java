package parley.server.live;

import java.net.URI;

/// Something that serves the contract, for [EventContract]: one server, or two of one deployment.
interface Host extends AutoCloseable {
  /// Where those are connected who listen.
  URI here();

  /// Where those send who make something happen; the same where there is one server.
  URI there();

  @Override
  void close();
}
