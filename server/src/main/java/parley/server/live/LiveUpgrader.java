package parley.server.live;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.DirectHandler;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsConnection;
import io.helidon.webserver.websocket.WsUpgrader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.api.Api;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Connecting;
import parley.api.Header;
import parley.api.Live;
import parley.messaging.event.Audience;

/// Makes a WebSocket of a request at [Live#PATH]. Any other request stays what it is.
///
/// The library's own upgrader can refuse only with answers of its own, and never says when a
/// connection broke off.
public final class LiveUpgrader extends WsUpgrader {
  /// What goes with it into the server's configuration. Larger frames are refused while they come.
  public static final WsConfig PROTOCOL =
      WsConfig.builder().maxFrameLength(Live.HEARD_BYTES).build();

  private final Api api;
  private final Audience audience;
  private final Function<Headers, List<Header>> translation;

  /// `translation` makes the contract's headers of the library's.
  public LiveUpgrader(Api api, Audience audience, Function<Headers, List<Header>> translation) {
    super(PROTOCOL);
    this.api = api;
    this.audience = audience;
    this.translation = translation;
  }

  @Override
  @SuppressWarnings("NullAway") // null, and the request is handled like any other
  public @Nullable ServerConnection upgrade(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    if (!prologue.uriPath().rawPath().equals(Live.PATH)
        || !prologue.method().text().equals("GET")
        || !headers.contains(WS_KEY)) {
      return null;
    }
    if (headers.contains(WS_VERSION) && !headers.get(WS_VERSION).get().equals(SUPPORTED_VERSION)) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.BAD_REQUEST)
          .message("this version of WebSocket is not supported")
          .header(SUPPORTED_VERSION_HEADER)
          .build();
    }
    return switch (api.connect(request(context, prologue, headers))) {
      case Connecting.Refused(ApiResponse response) -> {
        refuse(context, response);
        throw new CloseConnectionException("a connection was refused");
      }
      case Connecting.Welcome(var session) -> {
        String key = headers.get(WS_KEY).get();
        LiveSocket socket = new LiveSocket(api.live(), audience, session);
        welcome(context, key);
        yield new LiveConnection(
            WsConnection.create(Patience.with(context), prologue, headers, key, socket), socket);
      }
    };
  }

  /// The library has no way to answer here with a body of one's own.
  private static void refuse(ConnectionContext context, ApiResponse response) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ");
    head.append(response.status()).append(' ');
    head.append(Status.create(response.status()).reasonPhrase()).append("\r\n");
    for (Header header : response.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    head.append("Content-Length: ").append(response.body().length);
    head.append("\r\nConnection: close\r\n\r\n");
    write(context, head.toString());
    context.dataWriter().writeNow(BufferData.create(response.body()));
  }

  private void welcome(ConnectionContext context, String key) {
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Accept: "
            + hash(context, key)
            + "\r\nSec-WebSocket-Protocol: "
            + Live.SUBPROTOCOL
            + "\r\n\r\n";
    write(context, head);
  }

  private static void write(ConnectionContext context, String head) {
    context.dataWriter().writeNow(BufferData.create(head.getBytes(StandardCharsets.US_ASCII)));
  }

  private ApiRequest request(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    return new ApiRequest(
        prologue.method().text(),
        prologue.uriPath().rawPath(),
        prologue.query().rawValue(),
        translation.apply(headers),
        ApiRequest.Body.NONE,
        context.remotePeer().host());
  }
}
