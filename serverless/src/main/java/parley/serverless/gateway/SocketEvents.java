package parley.serverless.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import parley.api.ApiRequest;
import parley.api.Header;
import parley.serverless.template.ApiSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The events of a WebSocket API, in the forms that functions get.
final class SocketEvents {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ApiSettings settings;
  private final InstantSource clock;

  SocketEvents(ApiSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// Who a connection is, as far as the gateway knows. `authorizer` is what the authorizer said of
  /// it.
  record Caller(
      String id, Instant connectedAt, String sourceIp, String host, JsonNode authorizer) {}

  /// What the authorizer is asked.
  ObjectNode question(ApiRequest request, Caller caller) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("type", "REQUEST");
    event.put("methodArn", methodArn());
    headers(event, request);
    event.putObject("queryStringParameters");
    event.putObject("multiValueQueryStringParameters");
    event.putObject("stageVariables");
    event.set("requestContext", context("CONNECT", "$connect", caller));
    return event;
  }

  /// Of the one route that needs an authorizer.
  String methodArn() {
    return "arn:aws:execute-api:local:000000000000:"
        + settings.api().id()
        + "/"
        + settings.stage()
        + "/$connect";
  }

  ObjectNode connect(ApiRequest request, Caller caller) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    headers(event, request);
    event.set("requestContext", context("CONNECT", "$connect", caller));
    event.put("isBase64Encoded", false);
    return event;
  }

  ObjectNode message(String route, byte[] body, boolean binary, Caller caller) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ObjectNode context = context("MESSAGE", route, caller);
    context.put("messageId", UUID.randomUUID().toString());
    event.set("requestContext", context);
    event.put(
        "body",
        binary
            ? Base64.getEncoder().encodeToString(body)
            : new String(body, StandardCharsets.UTF_8));
    event.put("isBase64Encoded", binary);
    return event;
  }

  ObjectNode disconnect(int code, String reason, Caller caller) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ObjectNode context = context("DISCONNECT", "$disconnect", caller);
    context.put("disconnectStatusCode", code);
    context.put("disconnectReason", reason);
    event.set("requestContext", context);
    event.put("isBase64Encoded", false);
    return event;
  }

  private static void headers(ObjectNode event, ApiRequest request) {
    ObjectNode one = event.putObject("headers");
    ObjectNode all = event.putObject("multiValueHeaders");
    for (Header header : request.headers()) {
      one.put(header.name(), header.value());
      ArrayNode values = all.withArray(header.name());
      values.add(header.value());
    }
    one.put("X-Forwarded-For", request.peer());
    one.put("X-Forwarded-Proto", "http");
  }

  private ObjectNode context(String type, String route, Caller caller) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.put("routeKey", route);
    context.put("eventType", type);
    context.put("extendedRequestId", UUID.randomUUID().toString());
    context.put("requestTime", TIME.format(clock.instant()));
    context.put("messageDirection", "IN");
    context.put("stage", settings.stage());
    context.put("connectedAt", caller.connectedAt().toEpochMilli());
    context.put("requestTimeEpoch", clock.millis());
    context.putObject("identity").put("sourceIp", caller.sourceIp());
    context.put("requestId", UUID.randomUUID().toString());
    context.put("domainName", caller.host());
    context.put("connectionId", caller.id());
    context.put("apiId", settings.api().id());
    if (!caller.authorizer().isEmpty()) {
      context.set("authorizer", caller.authorizer());
    }
    return context;
  }
}
