package parley.serverless.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Header;
import parley.serverless.runtime.Outcome;
import parley.serverless.template.ApiSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An HTTP API: a request becomes an event with payload format 2.0, the function's answer a
/// response.
final class HttpGateway {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ApiSettings settings;
  private final HttpRoutes routes;
  private final Invoker invoker;
  private final InstantSource clock;

  HttpGateway(ApiSettings settings, Invoker invoker, InstantSource clock) {
    this.settings = settings;
    this.routes = new HttpRoutes(settings.routes());
    this.invoker = invoker;
    this.clock = clock;
  }

  ApiResponse handle(ApiRequest request) {
    HttpRoutes.Taken taken = routes.of(request.method(), request.path());
    if (taken == null) {
      return message(404, "Not Found");
    }
    byte[] body;
    try {
      body = request.body().read(GatewayBounds.BODY_BYTES);
    } catch (IOException e) {
      return message(400, "Bad Request");
    }
    if (body == null) {
      return message(413, "Request Entity Too Large");
    }
    try {
      return response(
          invoker.invoke(taken.route().function(), event(request, taken, body).toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return message(503, "Service Unavailable");
    }
  }

  /// An answer of the gateway's own.
  static ApiResponse message(int status, String words) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("message", words);
    return new ApiResponse(
        status,
        List.of(new Header("Content-Type", "application/json")),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode event(ApiRequest request, HttpRoutes.Taken taken, byte[] body) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "2.0");
    event.put("routeKey", taken.route().key());
    event.put("rawPath", request.path());
    event.put("rawQueryString", request.query());
    Map<String, String> headers = joined(request);
    String cookies = headers.remove("cookie");
    if (cookies != null) {
      ArrayNode list = event.putArray("cookies");
      for (String cookie : cookies.split(";", -1)) {
        list.add(cookie.strip());
      }
    }
    texts(event.putObject("headers"), headers);
    if (!request.query().isEmpty()) {
      texts(event.putObject("queryStringParameters"), QueryText.joined(request.query()));
    }
    event.set("requestContext", context(request, taken, headers));
    if (!taken.variables().isEmpty()) {
      texts(event.putObject("pathParameters"), taken.variables());
    }
    boolean text = isText(headers.getOrDefault("content-type", ""));
    if (body.length > 0) {
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0 && !text);
    return event;
  }

  private ObjectNode context(
      ApiRequest request, HttpRoutes.Taken taken, Map<String, String> headers) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.put("accountId", "000000000000");
    context.put("apiId", settings.api().id());
    String domain = headers.getOrDefault("host", "localhost");
    context.put("domainName", domain);
    context.put("domainPrefix", domain.split("[.:]", 2)[0]);
    ObjectNode http = context.putObject("http");
    http.put("method", request.method());
    http.put("path", request.path());
    http.put("protocol", "HTTP/1.1");
    http.put("sourceIp", request.peer());
    http.put("userAgent", headers.getOrDefault("user-agent", ""));
    context.put("requestId", UUID.randomUUID().toString());
    context.put("routeKey", taken.route().key());
    context.put("stage", settings.stage());
    context.put("time", TIME.format(clock.instant()));
    context.put("timeEpoch", clock.millis());
    return context;
  }

  /// Names in small letters; values of one name joined.
  private static Map<String, String> joined(ApiRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : request.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      String between = name.equals("cookie") ? "; " : ",";
      headers.merge(name, header.value(), (one, other) -> one + between + other);
    }
    headers.merge("x-forwarded-for", request.peer(), (one, other) -> one + ", " + other);
    headers.putIfAbsent("x-forwarded-proto", "http");
    return headers;
  }

  private static void texts(ObjectNode node, Map<String, String> texts) {
    texts.forEach(node::put);
  }

  private static boolean isText(String mediaType) {
    String type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || type.equals("application/json")
        || type.equals("application/xml")
        || type.equals("application/javascript");
  }

  private static ApiResponse response(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(String payload) -> response(payload);
      case Outcome.Failed _, Outcome.Crashed _ -> message(500, "Internal Server Error");
      case Outcome.TimedOut _, Outcome.Throttled _ -> message(503, "Service Unavailable");
    };
  }

  private static ApiResponse response(String payload) {
    JsonNode answer;
    try {
      answer = JSON.readTree(payload);
    } catch (JacksonException e) {
      return message(500, "Internal Server Error");
    }
    if (!answer.has("statusCode")) {
      // Whatever a function says without a status is taken for a body.
      return new ApiResponse(
          200,
          List.of(new Header("Content-Type", "application/json")),
          payload.getBytes(StandardCharsets.UTF_8));
    }
    List<Header> headers = new ArrayList<>();
    answer
        .path("headers")
        .propertyStream()
        .forEach(each -> headers.add(new Header(each.getKey(), each.getValue().asString(""))));
    answer
        .path("cookies")
        .forEach(each -> headers.add(new Header("Set-Cookie", each.asString(""))));
    byte[] body = body(answer);
    return body == null
        ? message(500, "Internal Server Error")
        : new ApiResponse(answer.path("statusCode").asInt(500), headers, body);
  }

  private static byte @Nullable [] body(JsonNode answer) {
    String body = answer.path("body").asString("");
    if (!answer.path("isBase64Encoded").asBoolean(false)) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
