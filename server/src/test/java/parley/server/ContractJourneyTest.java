package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What holds for every route of a whole server.
class ContractJourneyTest {
  private static final String BODY = "{\"handle\":\"ann\",\"password\":\"wrong wrong\"}";

  private static TestServer server;
  private static Caller nobody;
  private static Caller ann;

  @BeforeAll
  static void start() {
    server = TestServer.inMemory();
    nobody = server.nobody();
    ann = nobody.newPerson("ann");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyDocumentedRouteIsThere() {
    JsonNode paths = nobody.get("/openapi.json").is(200).json().path("paths");
    List<String> seen = new ArrayList<>();
    paths.forEachEntry((path, operations) ->
        operations
            .propertyStream()
            .filter(operation -> operation.getValue().has("operationId"))
            .forEach(operation -> {
              String method = operation.getKey().toUpperCase(Locale.ROOT);
              seen.add(operation.getValue().path("operationId").asString());
              // Without a session: nothing is done, and the routes that need one say so.
              Caller.Reply reply =
                  nobody.send(
                      method,
                      path.replace("{id}", "c-" + "a".repeat(26))
                          .replace("{seq}", "1")
                          .replace("{provider}", "nobodys")
                          .replace("{code}", "nobodys")
                          .replace("{userId}", "u-" + "a".repeat(26)),
                      "");
              assertThat(reply.text())
                  .as(method + " " + path)
                  .doesNotContain("route_not_found")
                  .doesNotContain("method_not_allowed");
              assertThat(operation.getValue().path("responses").propertyNames())
                  .as(method + " " + path)
                  .contains(Integer.toString(reply.status()));
            }));
    assertThat(seen)
        .doesNotHaveDuplicates()
        .contains(
            "signUp",
            "findAccounts",
            "getMe",
            "changeMe",
            "changePassword",
            "signIn",
            "signOut",
            "signOutEverywhere",
            "openConversation",
            "listConversations",
            "getConversation",
            "changeConversation",
            "deleteConversation",
            "listBlocks",
            "block",
            "reportMessage",
            "keepMessages",
            "unblock",
            "markRead",
            "listMessages",
            "sendMessage",
            "editMessage",
            "unsendMessage",
            "isLive",
            "isReady",
            "getOpenApi");
  }

  @Test
  void itIsHealthy() {
    for (String path : List.of("/health/live", "/health/ready")) {
      assertThat(nobody.get(path).is(200).text()).isEqualTo("{\"status\":\"ok\"}");
    }
  }

  @Test
  void aHeadIsAGetWithoutItsBody() {
    Caller.Reply get = ann.get("/api/me").is(200);
    Caller.Reply head = ann.send("HEAD", "/api/me", "").is(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    assertThat(head.header("Content-Type")).isEqualTo("application/json");
    assertThat(nobody.send("HEAD", "/api/me", "").is(401).text()).isEmpty();
  }

  @Test
  void whatIsAskedWronglyIsToldInOneForm() {
    ann.get("/api/nothing").isProblem(404, "route_not_found");
    assertThat(
            ann.send("DELETE", "/api/me", "").isProblem(405, "method_not_allowed").header("Allow"))
        .isEqualTo("GET, HEAD, PATCH");
    nobody
        .send("POST", "/api/sessions", BODY, "Content-Type", "text/plain")
        .isProblem(415, "media_type_unsupported");
    nobody
        .send("POST", "/api/sessions", BODY, "Accept", "*/*")
        .isProblem(415, "media_type_unsupported");
    nobody.send("POST", "/api/sessions", "{").isProblem(400, "body_not_json");
    nobody
        .send("POST", "/api/sessions", "\"" + "x".repeat(64 * 1024) + "\"")
        .isProblem(413, "body_too_large");
    Caller.Reply fields = nobody.send("POST", "/api/sessions", "{\"handle\":\"?\",\"extra\":1}");
    assertThat(fields.isProblem(422, "validation_failed").json().path("errors")).hasSize(3);
    fields
        .json()
        .path("errors")
        .forEach(error -> {
          assertThat(error.path("field").asString()).isIn("handle", "password", "extra");
          assertThat(error.path("code").asString()).isNotBlank();
          assertThat(error.path("message").asString()).isNotBlank();
        });
  }

  @Test
  void aRequestIdIsTakenOver() {
    Caller.Reply reply = nobody.send("GET", "/api/me", "", "X-Request-Id", "mine-42");
    assertThat(reply.isProblem(401, "token_missing").at("/requestId")).isEqualTo("mine-42");
    assertThat(nobody.get("/health/live").header("X-Request-Id")).isNotEmpty();
  }
}
