package parley.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Header;
import parley.messaging.export.Download;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Translates the events of an HTTP API (payload format 2.0) to the contract's requests, and its
/// responses back, and nothing else.
final class HttpEvents {
  private static final String COOKIE = "Cookie";
  private static final String SET_COOKIE = "Set-Cookie";
  private static final String REQUEST_ID = "X-Request-Id";

  private HttpEvents() {}

  /// The request that an event is. `id` is the invocation's, and the request's if it has none;
  /// `edge` says whose word is taken for where it comes from.
  ///
  /// @throws IllegalArgumentException if it is no such event
  static ApiRequest request(Fields event, String id, Edge edge) {
    Fields http = event.object("requestContext").object("http");
    List<Header> headers = headers(event, id);
    return new ApiRequest(
        http.required("method"),
        event.required("rawPath"),
        orEmpty(event.text("rawQueryString")),
        headers,
        body(event),
        edge.client(headers, http.required("sourceIp")));
  }

  /// Values of one name come joined; cookies come by themselves, in one list.
  static List<Header> headers(Fields event, String id) {
    List<Header> headers = new ArrayList<>();
    boolean named = false;
    for (Map.Entry<String, @Nullable Object> header : event.object("headers").values().entrySet()) {
      if (header.getValue() instanceof String value && !isCookie(header.getKey())) {
        headers.add(new Header(header.getKey(), value));
        named |= header.getKey().equalsIgnoreCase(REQUEST_ID);
      }
    }
    List<String> cookies = event.texts("cookies");
    if (!cookies.isEmpty()) {
      headers.add(new Header(COOKIE, String.join("; ", cookies)));
    }
    if (!named) {
      // Not made here: instances that start from one snapshot would all make the same.
      headers.add(new Header(REQUEST_ID, id));
    }
    return headers;
  }

  private static boolean isCookie(String name) {
    return name.equalsIgnoreCase(COOKIE);
  }

  /// Decoded only where a route reads it.
  private static ApiRequest.Body body(Fields event) {
    String text = event.text("body");
    if (text == null || text.isEmpty()) {
      return ApiRequest.Body.NONE;
    }
    if (!event.isTrue("isBase64Encoded")) {
      return max ->
          text.length() > max
              ? null
              : ApiRequest.Body.of(text.getBytes(StandardCharsets.UTF_8)).read(max);
    }
    return max ->
        text.length() / 4 * 3 > max + 3 ? null : ApiRequest.Body.of(decoded(text)).read(max);
  }

  private static byte[] decoded(String base64) throws IOException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IOException("the body is no base64, though the event says so", e);
    }
  }

  /// Writes a response as the gateway reads it.
  static void write(ApiResponse response, OutputStream out) {
    Map<String, String> headers = new LinkedHashMap<>();
    List<String> cookies = new ArrayList<>();
    byte[] body = body(response);
    boolean text = body.length == 0;
    for (Header header : response.headers()) {
      if (header.name().equalsIgnoreCase(SET_COOKIE)) {
        cookies.add(header.value());
        continue;
      }
      text |= header.name().equalsIgnoreCase("Content-Type") && isText(header.value());
      headers.merge(header.name(), header.value(), (one, other) -> one + ", " + other);
    }
    try (JsonGenerator json = Fields.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeName("statusCode").writeNumber(response.status());
      json.writeName("headers").writeStartObject();
      headers.forEach(json::writeStringProperty);
      json.writeEndObject();
      if (!cookies.isEmpty()) {
        json.writeName("cookies").writeStartArray();
        cookies.forEach(json::writeString);
        json.writeEndArray();
      }
      json.writeName("isBase64Encoded").writeBoolean(!text);
      json.writeStringProperty(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
      json.writeEndObject();
    }
  }

  /// What is handed out is all here: no part of an archive is larger than an answer can be. Nobody
  /// hears whether the answer arrived.
  private static byte[] body(ApiResponse response) {
    Download download = response.download();
    if (download == null) {
      return response.body();
    }
    boolean whole = false;
    try (InputStream from = download.open()) {
      byte[] body = from.readAllBytes();
      whole = true;
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException("an archive cannot be handed out", e);
    } finally {
      download.end(whole);
    }
  }

  private static boolean isText(String mediaType) {
    return mediaType.startsWith("text/")
        || mediaType.startsWith("application/json")
        || mediaType.startsWith("application/problem+json");
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
