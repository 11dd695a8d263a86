package parley.server.http;

import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import parley.api.Api;
import parley.messaging.event.Audience;
import parley.server.live.LiveUpgrader;

/// The contract, served over HTTP/1.1 by this process. Each request has a virtual thread.
public final class HttpHost implements AutoCloseable {
  private final WebServer server;

  private HttpHost(WebServer server) {
    this.server = server;
  }

  /// Listens at `port` of `host` (a name or an address of this machine); 0 for any free port.
  ///
  /// @throws PortTaken if somebody else listens there
  /// @throws UnknownHostException if there is no such host
  public static HttpHost start(String host, int port, Api api, Audience audience)
      throws UnknownHostException {
    InetAddress address = InetAddress.getByName(host);
    checkFree(host, address, port);
    Http1Config http =
        Http1Config.builder()
            .maxPrologueLength(HttpBounds.REQUEST_LINE_BYTES)
            .maxHeadersSize(HttpBounds.HEADER_BYTES)
            .build();
    WebServer server =
        WebServer.builder()
            .address(address)
            .port(port)
            .routing(HttpRouting.builder().any(new ApiHandler(api)))
            .directHandlers(Refusals.handlers(api))
            .addProtocol(http)
            .addProtocol(LiveUpgrader.PROTOCOL)
            .addConnectionSelector(
                Http1ConnectionSelector.builder()
                    .config(http)
                    .addUpgrader(new LiveUpgrader(api, audience, ApiHandler::headers))
                    .build())
            .maxPayloadSize(HttpBounds.DRAINED_BYTES)
            .maxTcpConnections(HttpBounds.CONNECTIONS)
            .idleConnectionTimeout(HttpBounds.CONNECTION_IDLE)
            .idleConnectionPeriod(HttpBounds.CONNECTION_IDLE_LOOK)
            .concurrencyLimit(
                FixedLimit.builder()
                    .permits(HttpBounds.REQUESTS)
                    .queueLength(HttpBounds.REQUESTS_WAITING)
                    .queueTimeout(HttpBounds.REQUEST_WAIT)
                    .build())
            .connectionOptions(
                new BoundedSockets(
                    SocketOptions.builder()
                        .readTimeout(HttpBounds.CONNECTION_IDLE)
                        // Without it, answers wait up to 40 ms for the acknowledgement of earlier
                        // ones.
                        .tcpNoDelay(true)
                        .build()))
            .shutdownGracePeriod(HttpBounds.CLOSE_TIME)
            .shutdownHook(false)
            .build();
    server.start();
    if (!server.isRunning()) {
      // The library tells its log why, and nobody else. Mostly somebody was quicker.
      checkFree(host, address, port);
      throw new IllegalStateException("the web server did not start; its log says why");
    }
    return new HttpHost(server);
  }

  private static void checkFree(String host, InetAddress address, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new PortTaken(host, port, e);
    }
  }

  /// The port that it listens on.
  public int port() {
    return server.port();
  }

  /// Takes no more requests, and gives those that are being worked on a few seconds to end.
  @Override
  public void close() {
    server.stop();
  }
}
