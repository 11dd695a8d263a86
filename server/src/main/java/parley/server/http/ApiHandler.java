package parley.server.http;

import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Contract;
import parley.api.Header;
import parley.messaging.export.Download;
import parley.server.live.Upgrader;

/// Translates Helidon's requests and responses to the contract's, and nothing else.
final class ApiHandler implements Handler {
  private final Contract contract;

  ApiHandler(Contract contract) {
    this.contract = contract;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    refuseUnclearLength(request.headers());
    RequestBody body = new RequestBody(request);
    ApiRequest asked =
        new ApiRequest(
            request.prologue().method().text(),
            request.prologue().uriPath().rawPath(),
            request.query().rawValue(),
            Upgrader.headers(request.headers()),
            body,
            request.remotePeer().host());
    ApiResponse answer = contract.handle(asked);
    response.status(Status.create(answer.status()));
    for (Header header : answer.headers()) {
      // Added and not set: a response may set several cookies.
      response
          .headers()
          .add(HeaderValues.create(HeaderNames.create(header.name()), header.value()));
    }
    if (answer.status() == Status.NO_CONTENT_204.code()
        || answer.status() == Status.NOT_MODIFIED_304.code()) {
      response.header(Unwritten.LENGTH);
    }
    try {
      if (answer.download() == null) {
        response.send(answer.body());
      } else {
        handOut(answer.download(), response);
      }
    } catch (UncheckedIOException e) {
      // Whoever asked is gone. The library would tell its log of each, at length.
      throw new CloseConnectionException("nobody is there to be answered", e);
    }
    boolean clean = body.drain();
    if (!clean || request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
      // The library would wait for another request even after `Connection: close`.
      throw new CloseConnectionException("this was the last request of its connection");
    }
  }

  /// Sends what is too large for memory. Whoever breaks off can come again.
  private static void handOut(Download download, ServerResponse response) {
    response.headers().contentLength(download.length());
    boolean whole = false;
    InputStream from = download.open();
    try (from;
        OutputStream to = response.outputStream()) {
      from.transferTo(to);
      to.flush();
      whole = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      download.end(whole);
    }
  }

  /// Where a request ends must not be a matter of opinion: a proxy in front of this server could
  /// have another one, and take the rest for somebody else's request (RFC 9112, 6.3 and 11.2).
  private static void refuseUnclearLength(Headers headers) {
    if (headers.contains(HeaderNames.TRANSFER_ENCODING)
        && (headers.contains(HeaderNames.CONTENT_LENGTH)
            || !headers.contains(HeaderValues.TRANSFER_ENCODING_CHUNKED)
            || headers.get(HeaderNames.TRANSFER_ENCODING).allValues().size() > 1)) {
      throw new BadRequestException("the length of the body is not clear");
    }
  }
}
