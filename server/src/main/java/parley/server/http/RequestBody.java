package parley.server.http;

import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import parley.api.ApiRequest;

/// The body of one request, read within its bounds of size and time.
final class RequestBody implements ApiRequest.Body {
  private static final int PORTION = 8 * 1024;

  private final ServerRequest request;
  private @Nullable InputStream in;

  /// Whether reading failed: where the next request begins is not known then.
  private boolean broken;

  RequestBody(ServerRequest request) {
    this.request = request;
  }

  /// Given out once by the library. Never closed: closing reads the rest first, however much it is
  /// and however long it takes.
  private InputStream in() {
    InputStream stream = in;
    if (stream == null) {
      stream = request.content().inputStream();
      in = stream;
    }
    return stream;
  }

  @Override
  public byte @Nullable [] read(int max) throws IOException {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (Deadline _ = Deadline.in(HttpBounds.BODY_TIME)) {
      InputStream in = in();
      byte[] portion = new byte[PORTION];
      for (int count = in.read(portion); count >= 0; count = in.read(portion)) {
        if (body.size() + count > max) {
          return null;
        }
        body.write(portion, 0, count);
      }
    } catch (RequestException e) {
      broken = true;
      if (e.status().equals(Status.REQUEST_ENTITY_TOO_LARGE_413)) {
        return null;
      }
      throw new IOException("the body is malformed", e);
    } catch (RuntimeException e) {
      broken = true;
      // Whatever else the library throws means that the connection gave out.
      throw new IOException("the body broke off", e);
    }
    return body.toByteArray();
  }

  /// Reads what nobody wanted, so that the next request of this connection can be read; false if
  /// that is too much, takes too long or cannot be done.
  boolean drain() {
    if (broken) {
      return false;
    }
    if (!request.content().hasEntity() || request.content().consumed()) {
      return true;
    }
    try (Deadline _ = Deadline.in(HttpBounds.BODY_TIME)) {
      InputStream in = in();
      byte[] portion = new byte[PORTION];
      int count = 0;
      while (count >= 0) {
        count = in.read(portion);
      }
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
