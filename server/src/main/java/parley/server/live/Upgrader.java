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
import io.helidon.websocket.WsListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Header;
import parley.api.Live;

/// Makes WebSockets of requests at [Live#PATH], of those that may come. Any other request stays
/// what it is.
///
/// The library's own upgrader can refuse only with answers of its own, and never says when a
/// connection broke off.
public abstract class Upgrader extends WsUpgrader {
  private final WsConfig protocol;
  private final Duration silence;

  /// `silence` is how long nothing need come in.
  protected Upgrader(WsConfig protocol, Duration silence) {
    super(protocol);
    this.protocol = protocol;
    this.silence = silence;
  }

  /// One that is told, once, when its connection is over, however that ended.
  public interface Socket extends WsListener {
    void gone();
  }

  /// What becomes of a request for a WebSocket.
  public sealed interface Decision {
    /// It is one now. `subprotocol` is null where none is spoken.
    record Accepted(@Nullable String subprotocol, Socket socket) implements Decision {}

    /// It is none; this is the answer instead.
    record Refused(ApiResponse response) implements Decision {}
  }

  /// Who may come.
  protected abstract Decision decide(ApiRequest request);

  /// What goes with it into the server's configuration.
  public WsConfig protocol() {
    return protocol;
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
    return switch (decide(request(context, prologue, headers))) {
      case Decision.Refused(ApiResponse response) -> {
        refuse(context, response);
        throw new CloseConnectionException("a connection was refused");
      }
      case Decision.Accepted(var subprotocol, Socket socket) -> {
        String key = headers.get(WS_KEY).get();
        welcome(context, key, subprotocol);
        yield new LiveConnection(
            WsConnection.create(Patience.with(context, silence), prologue, headers, key, socket),
            socket::gone);
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

  private void welcome(ConnectionContext context, String key, @Nullable String subprotocol) {
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Accept: "
            + hash(context, key)
            + (subprotocol == null ? "" : "\r\nSec-WebSocket-Protocol: " + subprotocol)
            + "\r\n\r\n";
    write(context, head);
  }

  private static void write(ConnectionContext context, String head) {
    context.dataWriter().writeNow(BufferData.create(head.getBytes(StandardCharsets.US_ASCII)));
  }

  private static ApiRequest request(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    return new ApiRequest(
        prologue.method().text(),
        prologue.uriPath().rawPath(),
        prologue.query().rawValue(),
        headers(headers),
        ApiRequest.Body.NONE,
        context.remotePeer().host());
  }

  /// The contract's headers, of the library's.
  public static List<Header> headers(Headers headers) {
    List<Header> all = new ArrayList<>();
    for (io.helidon.http.Header header : headers) {
      for (String value : header.allValues()) {
        all.add(new Header(header.name(), value));
      }
    }
    return all;
  }
}
