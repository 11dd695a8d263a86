package parley.serverless.gateway;

import io.helidon.webserver.websocket.WsConfig;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Contract;
import parley.api.Header;
import parley.api.HostRefusal;
import parley.api.Live;
import parley.server.http.HttpHost;
import parley.server.live.Upgrader;
import parley.server.web.WebClient;
import parley.server.web.WebFiles;
import parley.serverless.template.ApiSettings;

/// What browsers see: on one port, as a CloudFront distribution has it, the web client's files, the
/// HTTP API and the WebSocket API. Beside it, on a port for this machine alone, the management API.
public final class Front implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final SocketGateway sockets;
  private final HttpHost management;
  private final HttpHost front;

  private Front(SocketGateway sockets, HttpHost management, HttpHost front) {
    this.sockets = sockets;
    this.management = management;
    this.front = front;
  }

  /// Listens at `port` of this machine, 0 for any.
  public static Front start(
      int port, ApiSettings http, ApiSettings socket, Invoker invoker, InstantSource clock)
      throws UnknownHostException {
    SocketGateway sockets = new SocketGateway(socket, invoker, clock);
    HttpHost management = null;
    try {
      management = HttpHost.startGateway(LOOPBACK, 0, new Management(sockets), null);
      HttpHost front =
          HttpHost.startGateway(
              LOOPBACK,
              port,
              new Distribution(new HttpGateway(http, invoker, clock)),
              new Sockets(sockets));
      return new Front(sockets, management, front);
    } catch (RuntimeException | UnknownHostException e) {
      sockets.close();
      if (management != null) {
        management.close();
      }
      throw e;
    }
  }

  /// The port that browsers come to.
  public int port() {
    return front.port();
  }

  /// What functions write to connections by; `stage` is a part of its address, as on the service.
  public String managementUrl(String stage) {
    return "http://" + LOOPBACK + ":" + management.port() + "/" + stage;
  }

  /// Ends connections, takes no more requests, and gives those under way a few seconds.
  @Override
  public void close() {
    sockets.close();
    front.close();
    management.close();
  }

  /// Requests by their paths: files, or the HTTP API.
  private record Distribution(HttpGateway http, WebClient pages) implements Contract {
    Distribution(HttpGateway http) {
      this(
          http,
          new WebClient(
              WebFiles.built(),
              List.of(),
              _ -> HttpGateway.message(404, "This program was built without the web client.")));
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
      if (request.path().equals(Live.PATH)) {
        return HttpGateway.message(426, "Upgrade Required");
      }
      ApiResponse page = pages.answer(request);
      return page != null ? page : http.handle(request);
    }

    @Override
    public ApiResponse refuse(HostRefusal refusal, List<Header> headers) {
      return switch (refusal) {
        case BODY_TOO_LARGE -> HttpGateway.message(413, "Request Entity Too Large");
        case URI_TOO_LONG -> HttpGateway.message(414, "Request URI Too Long");
        case TOO_BUSY -> HttpGateway.message(503, "Service Unavailable");
        case INTERNAL -> HttpGateway.message(500, "Internal Server Error");
        case MALFORMED, MEDIA_TYPE_UNSUPPORTED, VERSION_UNSUPPORTED, NO_WEB_CLIENT ->
            HttpGateway.message(400, "Bad Request");
      };
    }
  }

  private static final class Sockets extends Upgrader {
    private final SocketGateway gateway;

    Sockets(SocketGateway gateway) {
      super(
          WsConfig.builder().maxFrameLength(GatewayBounds.FRAME_BYTES).build(),
          GatewayBounds.IDLE.plus(GatewayBounds.LOOK));
      this.gateway = gateway;
    }

    @Override
    protected Decision decide(ApiRequest request) {
      try {
        return gateway.connect(request);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Decision.Refused(HttpGateway.message(503, "Service Unavailable"));
      }
    }
  }
}
