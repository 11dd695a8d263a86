package parley.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The checker finds each kind of breakage that is planted, and nothing where nothing breaks.
class BreakageTest {
  private static final String DOCUMENT = OpenApiDocument.of(Table.routes().all());

  private static final String SEND = "/paths/~1api~1conversations~1{id}~1messages";

  /// A change of the document, and what must be said of it; null if it breaks nobody.
  private record Plant(String name, String says, Consumer<ObjectNode> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static JsonNode at(JsonNode document, String pointer) {
    JsonNode found = document.at(pointer);
    assertThat(found.isMissingNode()).as(pointer).isFalse();
    return found;
  }

  private static ObjectNode object(JsonNode document, String pointer) {
    return (ObjectNode) at(document, pointer);
  }

  private static ObjectNode schema(JsonNode document, String name) {
    return object(document, "/components/schemas/" + name);
  }

  private static ObjectNode property(JsonNode document, String schema, String property) {
    return object(document, "/components/schemas/" + schema + "/properties/" + property);
  }

  private static void unrequire(ObjectNode schema, String name) {
    ArrayNode required = (ArrayNode) schema.get("required");
    for (int i = 0; i < required.size(); i++) {
      if (required.get(i).asString().equals(name)) {
        required.remove(i);
      }
    }
  }

  static List<Plant> breaking() {
    return List.of(
        new Plant("a path", "/api/me is gone", d -> object(d, "/paths").remove("/api/me")),
        new Plant(
            "a method",
            "PATCH /api/me is gone",
            d -> object(d, "/paths/~1api~1me").remove("patch")),
        new Plant(
            "a renamed operation",
            "another operationId",
            d -> object(d, "/paths/~1api~1me/get").put("operationId", "whoAmI")),
        new Plant(
            "a session asked for",
            "now needs a session",
            d ->
                ((ArrayNode) at(d, "/paths/~1api~1sessions/post/security"))
                    .addObject()
                    .putArray("session")),
        new Plant(
            "a status of success",
            "no longer answers 200",
            d -> object(d, SEND + "/post/responses").remove("200")),
        new Plant(
            "a status of refusal",
            "no longer answers 409",
            d -> object(d, SEND + "/post/responses").remove("409")),
        new Plant(
            "another media type",
            "no more application/json",
            d -> {
              ObjectNode content = object(d, "/paths/~1api~1me/get/responses/200/content");
              content.set("text/json", content.remove("application/json"));
            }),
        new Plant(
            "a field of an answer",
            ".handle is gone",
            d -> object(d, "/components/schemas/Account/properties").remove("handle")),
        new Plant(
            "a field of an answer that may be left out",
            ".lastSeq may be left out now",
            d -> unrequire(schema(d, "HistoryPage"), "lastSeq")),
        new Plant(
            "a field of an answer that may be null",
            ".seq was [integer] and is [integer, null]",
            d -> property(d, "Message", "seq").putArray("type").add("integer").add("null")),
        new Plant(
            "another type in an answer",
            ".unread was [integer] and is [string]",
            d -> property(d, "Conversation", "unread").put("type", "string")),
        new Plant(
            "another format in an answer",
            ".at has another format",
            d -> property(d, "LastMessage", "at").put("format", "date")),
        new Plant(
            "another kind's name",
            ".kind is another constant",
            d -> property(d, "Unsend", "kind").put("const", "withdrawal")),
        new Plant(
            "a kind of item",
            "can no longer be Edit",
            d -> ((ArrayNode) at(d, "/components/schemas/Item/oneOf")).remove(1)),
        new Plant(
            "a field of a request",
            ".displayName is gone",
            d -> object(d, "/components/schemas/SignUp/properties").remove("displayName")),
        new Plant(
            "a new required field of a request",
            ".captcha is now required",
            d -> {
              object(d, "/components/schemas/SignUp/properties").putObject("captcha");
              ((ArrayNode) schema(d, "SignUp").get("required")).add("captcha");
            }),
        new Plant(
            "a field of a request that became required",
            ".displayName is now required",
            d -> schema(d, "AccountChange").putArray("required").add("displayName")),
        new Plant(
            "another type in a request",
            ".seq was [integer] and is [string]",
            d -> property(d, "ReadMark", "seq").put("type", "string")),
        new Plant(
            "a shorter limit",
            ".text: maxLength is lower",
            d -> property(d, "NewMessage", "text").put("maxLength", 280)),
        new Plant(
            "a new limit",
            ".password: maxLength is lower",
            d -> property(d, "SignIn", "password").put("maxLength", 64)),
        new Plant(
            "a higher least value",
            ".seq: minimum is higher",
            d -> property(d, "ReadMark", "seq").put("minimum", 2)),
        new Plant(
            "another pattern in a request",
            ".handle has another pattern",
            d -> property(d, "SignUp", "handle").put("pattern", "^[a-z]+$")),
        new Plant(
            "only certain values in a request",
            "allows only certain values now",
            d -> property(d, "SignIn", "handle").putArray("enum").add("admin")),
        new Plant(
            "a list of something else",
            "participants[] was [string] and is [object]",
            d ->
                object(d, "/components/schemas/ConversationOpening/properties/participants/items")
                    .put("type", "object")),
        new Plant(
            "a parameter",
            "?cursor is gone",
            d -> ((ArrayNode) at(d, "/paths/~1api~1conversations/get/parameters")).remove(0)),
        new Plant(
            "a required parameter",
            "?cursor is now required",
            d -> object(d, "/paths/~1api~1conversations/get/parameters/0").put("required", true)),
        new Plant(
            "a new required parameter",
            "?tag is new and required",
            d ->
                ((ArrayNode) at(d, "/paths/~1api~1conversations/get/parameters"))
                    .addObject()
                    .put("name", "tag")
                    .put("in", "query")
                    .put("required", true)),
        new Plant(
            "a lower limit of a parameter",
            "?limit: maximum is lower",
            d ->
                object(d, "/paths/~1api~1conversations/get/parameters/1/schema")
                    .put("maximum", 10)),
        new Plant(
            "another default",
            "?limit has another default",
            d ->
                object(d, "/paths/~1api~1conversations/get/parameters/1/schema").put("default", 5)),
        new Plant(
            "a body where there was none",
            "now needs a body",
            d ->
                object(d, "/paths/~1api~1sessions/delete")
                    .putObject("requestBody")
                    .put("required", true)));
  }

  static List<Plant> harmless() {
    return List.of(
        new Plant("nothing", "", d -> {}),
        new Plant("a new path", "", d -> object(d, "/paths").putObject("/api/new")),
        new Plant(
            "other words",
            "",
            d -> object(d, "/paths/~1api~1me/get").put("summary", "Who one is.")),
        new Plant(
            "a new field of an answer",
            "",
            d -> object(d, "/components/schemas/Account/properties").putObject("avatar")),
        new Plant(
            "a new optional field of a request",
            "",
            d -> object(d, "/components/schemas/SignUp/properties").putObject("avatar")),
        new Plant(
            "a wider limit", "", d -> property(d, "NewMessage", "text").put("maxLength", 4000)),
        new Plant("no limit", "", d -> property(d, "NewMessage", "text").remove("maxLength")),
        new Plant(
            "an answer that is never null",
            "",
            d -> property(d, "HistoryPage", "older").put("type", "integer")),
        new Plant(
            "a new kind of item",
            "",
            d -> {
              schema(d, "Item")
                  .withArray("oneOf")
                  .addObject()
                  .put("$ref", "#/components/schemas/Account");
            }),
        new Plant(
            "a new kind of conversation",
            "",
            d -> ((ArrayNode) property(d, "Conversation", "kind").get("enum")).add("group")),
        new Plant(
            "a new status of refusal",
            "",
            d -> object(d, SEND + "/post/responses").putObject("451")));
  }

  @ParameterizedTest
  @MethodSource("breaking")
  void breakageIsFound(Plant plant) {
    assertThat(found(plant)).isNotEmpty().allMatch(line -> line.contains(plant.says()));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void whatBreaksNobodyIsLetPass(Plant plant) {
    assertThat(found(plant)).isEmpty();
  }

  @Test
  void everyBreakageIsTold() {
    assertThat(
            found(
                new Plant(
                    "two",
                    "",
                    d -> {
                      object(d, "/paths").remove("/api/me");
                      object(d, "/paths").remove("/health/live");
                    })))
        .containsExactly("/api/me is gone", "/health/live is gone");
  }

  private static List<String> found(Plant plant) {
    JsonMapper json = JsonMapper.builder().build();
    JsonNode changed = json.readTree(DOCUMENT);
    plant.change().accept((ObjectNode) changed);
    return Breakage.between(json.readTree(DOCUMENT), changed);
  }
}
