package parley.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;
import parley.api.ApiResponse;
import parley.api.Contract;
import parley.api.Header;
import parley.api.HostRefusal;
import parley.server.live.Upgrader;

/// What the server refuses by itself, in the contract's own form.
final class Refusals implements DirectHandler {
  private final Contract contract;

  private Refusals(Contract contract) {
    this.contract = contract;
  }

  static DirectHandlers handlers(Contract contract) {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, new Refusals(contract));
    }
    return handlers.build();
  }

  /// `message` is the library's own sentence, and may repeat some of the request.
  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    ApiResponse response =
        contract.refuse(refusal(request, type, status), Upgrader.headers(request.headers()));
    TransportResponse.Builder answer =
        TransportResponse.builder()
            .status(Status.create(response.status()))
            .keepAlive(false)
            .entity(response.body());
    for (Header header : response.headers()) {
      answer.header(HeaderNames.create(header.name()), header.value());
    }
    return answer.build();
  }

  private static HostRefusal refusal(TransportRequest request, EventType type, Status status) {
    if (type == EventType.INTERNAL_ERROR && request.method().isEmpty()) {
      // What failed before there was a request failed at its first line, such as one with control
      // characters: the library takes some of those for faults of its own.
      return HostRefusal.MALFORMED;
    }
    return switch (status.code()) {
      // The library calls a body in a coding that it does not know malformed.
      case 400 ->
          request.headers().contains(HeaderNames.CONTENT_ENCODING)
              ? HostRefusal.MEDIA_TYPE_UNSUPPORTED
              : HostRefusal.MALFORMED;
      case 413 -> HostRefusal.BODY_TOO_LARGE;
      case 414 -> HostRefusal.URI_TOO_LONG;
      case 503 -> HostRefusal.TOO_BUSY;
      case 505 -> HostRefusal.VERSION_UNSUPPORTED;
      default -> status.code() < 500 ? HostRefusal.MALFORMED : HostRefusal.INTERNAL;
    };
  }
}
