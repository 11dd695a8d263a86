package parley.engine;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Turns web pages away before their request is read.
///
/// A page that somebody visits can make their browser send requests to 127.0.0.1. Browsers put an
/// `Origin` on those, and tools do not. A page can also have its own domain name point at 127.0.0.1
/// (DNS rebinding) and then needs no `Origin`, but the `Host` is still that name.
final class GateGuard extends Handler.Wrapper {
  private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  GateGuard(Handler behind) {
    super(behind);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String refusal = refusal(request.getHeaders());
    if (refusal != null) {
      write(response, callback, HttpStatus.FORBIDDEN_403, "AccessDeniedException", refusal);
      return true;
    }
    if (request.getLength() > Gate.MAX_REQUEST_BYTES) {
      // Without a length, the handler behind counts while it reads, with the same limit.
      write(
          response,
          callback,
          HttpStatus.PAYLOAD_TOO_LARGE_413,
          "RequestEntityTooLarge",
          "The request is larger than 16 MB.");
      return true;
    }
    return super.handle(request, response, callback);
  }

  private static @Nullable String refusal(HttpFields headers) {
    if (headers.contains(HttpHeader.ORIGIN)) {
      return "Web pages may not use this database.";
    }
    List<String> hosts = headers.getValuesList(HttpHeader.HOST);
    if (hosts.size() != 1 || !HOSTS.contains(withoutPort(hosts.getFirst()))) {
      return "This database answers only to localhost, 127.0.0.1 and [::1], named once as Host.";
    }
    return null;
  }

  private static String withoutPort(String host) {
    return host.strip().toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
  }

  /// Answers what the HTTP parser itself refuses, in the same form: for one, a request without a
  /// `Host` never reaches [#handle].
  static boolean writeError(Request request, Response response, Callback callback) {
    String refusal = refusal(request.getHeaders());
    if (refusal == null) {
      write(
          response,
          callback,
          response.getStatus(),
          "SerializationException",
          "The request could not be read.");
    } else {
      write(response, callback, HttpStatus.FORBIDDEN_403, "AccessDeniedException", refusal);
    }
    return true;
  }

  /// Writes an error as DynamoDB does, so that SDKs show the sentence, which is one of those above
  /// and needs no escaping.
  private static void write(
      Response response, Callback callback, int status, String type, String sentence) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    String json =
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#"
            + type
            + "\",\"message\":\""
            + sentence
            + "\"}";
    Content.Sink.write(response, true, json, callback);
  }
}
