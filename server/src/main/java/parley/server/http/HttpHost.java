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
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import parley.api.Api;
import parley.api.Contract;
import parley.api.OperatorApi;
import parley.messaging.event.Audience;
import parley.server.live.LiveUpgrader;
import parley.server.live.Upgrader;
import parley.server.web.InspectPage;
import parley.server.web.WebClient;
import parley.server.web.WebFiles;

/// A contract, served over HTTP/1.1 by this process. Each request has a virtual thread.
public final class HttpHost implements AutoCloseable {
  private final WebServer server;

  private HttpHost(WebServer server) {
    this.server = server;
  }

  /// Listens at `port` of `host` (a name or an address of this machine); 0 for any free port.
  ///
  /// @throws PortTaken if somebody else listens there
  /// @throws UnknownHostException if this machine has no such address
  public static HttpHost start(String host, int port, Api api, Audience audience)
      throws UnknownHostException {
    return start(host, port, api, audience, WebFiles.built());
  }

  /// The same with another web client than the one that was built into this program.
  public static HttpHost start(String host, int port, Api api, Audience audience, WebFiles webFiles)
      throws UnknownHostException {
    return start(
        host,
        port,
        new PagesBeside(new WebClient(webFiles, api), api),
        ListenerBounds.PUBLIC,
        new LiveUpgrader(api, audience));
  }

  /// A listener for those who run the server: it takes fewer requests, and no connections that
  /// stay.
  public static HttpHost startForOperators(String host, int port, OperatorApi api)
      throws UnknownHostException {
    InspectPage page = new InspectPage(WebFiles.builtForOperators(), api::isForHere);
    return start(host, port, new PagesBeside(page, api), ListenerBounds.OPERATOR, null);
  }

  /// A contract that is carried out elsewhere, and connections that are kept for it, if any.
  public static HttpHost startGateway(
      String host, int port, Contract contract, @Nullable Upgrader live)
      throws UnknownHostException {
    return start(host, port, contract, ListenerBounds.PUBLIC, live);
  }

  private static HttpHost start(
      String host, int port, Contract contract, ListenerBounds bounds, @Nullable Upgrader live)
      throws UnknownHostException {
    InetAddress address = InetAddress.getByName(host);
    checkFree(host, address, port);
    Http1Config http =
        Http1Config.builder()
            .maxPrologueLength(HttpBounds.REQUEST_LINE_BYTES)
            .maxHeadersSize(HttpBounds.HEADER_BYTES)
            .build();
    var connections = Http1ConnectionSelector.builder().config(http);
    var builder =
        WebServer.builder()
            .address(address)
            .port(port)
            .routing(HttpRouting.builder().any(new ApiHandler(contract)))
            .directHandlers(Refusals.handlers(contract))
            .addProtocol(http)
            .maxPayloadSize(HttpBounds.DRAINED_BYTES)
            .maxTcpConnections(bounds.connections())
            .idleConnectionTimeout(HttpBounds.CONNECTION_IDLE)
            .idleConnectionPeriod(HttpBounds.CONNECTION_IDLE_LOOK)
            .concurrencyLimit(
                FixedLimit.builder()
                    .permits(bounds.requests())
                    .queueLength(bounds.requestsWaiting())
                    .queueTimeout(bounds.requestWait())
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
            .shutdownHook(false);
    if (live != null) {
      connections.addUpgrader(live);
      builder.addProtocol(live.protocol());
    }
    WebServer server = builder.addConnectionSelector(connections.build()).build();
    server.start();
    if (!server.isRunning()) {
      // The library tells its log why, and nobody else. Mostly somebody was quicker.
      checkFree(host, address, port);
      throw new IllegalStateException("the web server did not start; its log says why");
    }
    return new HttpHost(server);
  }

  private static void checkFree(String host, InetAddress address, int port)
      throws UnknownHostException {
    if (!isHere(address)) {
      throw new UnknownHostException(host);
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new PortTaken(host, port, e);
    }
  }

  private static boolean isHere(InetAddress address) {
    try {
      // Of the loopback's addresses only one is said to be an interface's, and all are usable.
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      // Then opening the port tells.
      return true;
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
