package parley.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parley.messaging.export.Download;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI 3.1 document of a table of routes.
final class OpenApiDocument {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String REQUEST_ID = "#/components/headers/RequestId";

  private final Schemas schemas = new Schemas();
  private final Map<String, ObjectNode> responses = new TreeMap<>();

  private OpenApiDocument() {}

  /// As text, indented, with a line break at its end.
  static String of(List<Route> routes) {
    return MAPPER
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(new OpenApiDocument().document(routes))
            .replace("\r\n", "\n")
        + "\n";
  }

  private ObjectNode document(List<Route> routes) {
    ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Parley")
        .put("version", "1")
        .put(
            "description",
            """
            Direct messages. Bodies are JSON in UTF-8; times are RFC 3339 in UTC, always with three \
            digits of milliseconds. What is not well is answered as application/problem+json: decide \
            by its code, show its detail to people, and name its requestId to whoever runs the \
            server. A field that a request has and this document has not is refused; a field that \
            an answer has and this document has not must be passed over.\
            """);
    ObjectNode paths = document.putObject("paths");
    for (Route route : routes) {
      String path = route.path().text();
      ObjectNode item = (ObjectNode) paths.get(path);
      (item == null ? paths.putObject(path) : item)
          .set(route.method().toLowerCase(Locale.ROOT), operation(route));
    }
    ObjectNode components = document.putObject("components");
    schemas.answer(Problem.Body.class);
    components.set("schemas", schemas.all());
    ObjectNode shared = components.putObject("responses");
    responses.forEach(shared::set);
    ObjectNode headers = components.putObject("headers");
    header(
        headers,
        "RateLimit",
        "What is left of each limit that this request counts for: r now, all of it in t seconds.",
        "string");
    header(
        headers,
        "RateLimitPolicy",
        "The limits that this request counts for: q at once, and all of it again in w seconds.",
        "string");
    header(headers, "RequestId", "Names this request in the server's log.", "string");
    ObjectNode security = components.putObject("securitySchemes");
    security
        .putObject("cookie")
        .put("type", "apiKey")
        .put("in", "cookie")
        .put("name", SessionCookie.NAME)
        .put(
            "description",
            "The same token in a cookie, from a sign-in or a sign-up with transport cookie; behind"
                + " https its name is "
                + new SessionCookie(true).name()
                + ". Everything but GET and HEAD then needs an Origin header that names this"
                + " server.");
    security
        .putObject("session")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "The token of a session, from a sign-in or a sign-up.");
    return document;
  }

  private ObjectNode operation(Route route) {
    ObjectNode operation =
        JSON.objectNode().put("operationId", route.name()).put("summary", route.summary());
    ArrayNode security = operation.putArray("security");
    if (route.access() == Route.Access.SESSION) {
      security.addObject().putArray("session");
      security.addObject().putArray("cookie");
    }
    parameters(operation, route);
    Class<?> request = route.request();
    if (request != null) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      content(body, "application/json", schemas.request(request));
    }
    ObjectNode responses = operation.putObject("responses");
    for (int status : route.statuses()) {
      success(responses, route, status);
    }
    byStatus(route)
        .forEach((status, codes) ->
            responses
                .putObject(status.toString())
                .put("$ref", "#/components/responses/" + problem(status, codes)));
    return operation;
  }

  private static void parameters(ObjectNode operation, Route route) {
    ArrayNode parameters = JSON.arrayNode();
    for (String hole : route.path().holes()) {
      parameters
          .addObject()
          .put("name", hole)
          .put("in", "path")
          .put("required", true)
          .put("description", described(hole))
          .putObject("schema")
          .put("type", hole.equals("seq") ? "integer" : "string");
    }
    for (Parameter<?> parameter : route.parameters()) {
      ObjectNode one =
          parameters
              .addObject()
              .put("name", parameter.name())
              .put("in", "query")
              .put("required", parameter.required())
              .put("description", parameter.doc());
      Schemas.keywords(one.putObject("schema"), parameter.schema());
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
  }

  private static String described(String hole) {
    return switch (hole) {
      case "id" -> "The conversation's id.";
      case "code" -> "The code of the link.";
      case "userId" -> "The account's id.";
      case "provider" -> "What the identity provider goes by here; GET /api/config has its path.";
      case "seq" -> "The message's number.";
      default -> throw new IllegalStateException("nothing says what {" + hole + "} is");
    };
  }

  private void success(ObjectNode responses, Route route, int status) {
    ObjectNode response =
        responses
            .putObject(Integer.toString(status))
            .put(
                "description",
                switch (status) {
                  case 201 -> "Made.";
                  case 303 -> "Go there.";
                  case 204 -> "Done.";
                  default -> "Here it is.";
                });
    ObjectNode headers = response.putObject("headers");
    headers.putObject(RequestId.HEADER).put("$ref", REQUEST_ID);
    limits(headers);
    if (route.answer().equals(RawJson.class)) {
      content(response, "application/json", JSON.objectNode().put("type", "object"));
    } else if (status == 303) {
      header(headers, "Location", "Where to go.", "string");
    } else if (route.answer().equals(Download.class)) {
      content(
          response,
          "application/zip",
          JSON.objectNode().put("type", "string").put("format", "binary"));
    } else if (status != 204) {
      content(response, "application/json", schemas.answer(route.answer()));
    }
  }

  private static Map<Integer, List<ProblemCode>> byStatus(Route route) {
    return new TreeMap<>(
        route.refusals().stream().collect(Collectors.groupingBy(ProblemCode::status)));
  }

  /// The name of the response that carries one of these problems, the same wherever they are.
  private String problem(int status, List<ProblemCode> codes) {
    String name = codes.stream().map(code -> camel(code.code())).collect(Collectors.joining("Or"));
    if (responses.containsKey(name)) {
      return name;
    }
    ObjectNode response = JSON.objectNode();
    responses.put(name, response);
    StringBuilder description = new StringBuilder();
    for (ProblemCode code : codes) {
      description.append(description.isEmpty() ? "" : "\n").append("- `").append(code.code());
      description.append("`: ").append(code.title()).append('.');
    }
    response.put("description", description.toString());
    ObjectNode headers = response.putObject("headers");
    headers.putObject(RequestId.HEADER).put("$ref", REQUEST_ID);
    if (status == 401) {
      header(headers, "WWW-Authenticate", "Bearer: what kind of credentials to send.", "string");
    } else if (status == 429 || status == 503) {
      header(headers, "Retry-After", "Seconds to wait before trying again.", "integer");
    }
    if (status == 429) {
      limits(headers);
    }
    ObjectNode schema = JSON.objectNode();
    ObjectNode code = JSON.objectNode().put("type", "object");
    ArrayNode values =
        code.putObject("properties").putObject("code").put("type", "string").putArray("enum");
    codes.forEach(one -> values.add(one.code()));
    schema.putArray("allOf").add(schemas.answer(Problem.Body.class)).add(code);
    content(response, Problem.MEDIA_TYPE, schema);
    return name;
  }

  /// `body_not_json` as `BodyNotJson`.
  private static String camel(String code) {
    return Arrays.stream(code.split("_"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  private static void limits(ObjectNode headers) {
    headers.putObject("RateLimit").put("$ref", "#/components/headers/RateLimit");
    headers.putObject("RateLimit-Policy").put("$ref", "#/components/headers/RateLimitPolicy");
  }

  private static void header(ObjectNode headers, String name, String description, String type) {
    headers.putObject(name).put("description", description).putObject("schema").put("type", type);
  }

  private static void content(ObjectNode holder, String mediaType, ObjectNode schema) {
    holder.putObject("content").putObject(mediaType).set("schema", schema);
  }
}
