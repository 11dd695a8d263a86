package parley.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is decided before any use case is called: routes, callers, bodies, and the shape of
/// refusals.
class ApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Header TYPE = new Header("Content-Type", "application/json");

  /// Where the body is searched: an id that is made up may by chance hold what should not be there.
  private static final Header NAMED = new Header("X-Request-Id", "7");

  private final Api api = Table.api();

  private static @Nullable String header(ApiResponse response, String name) {
    List<String> values =
        response.headers().stream()
            .filter(header -> header.name().equals(name))
            .map(Header::value)
            .toList();
    assertThat(values).as(name).hasSizeLessThan(2);
    return values.isEmpty() ? null : values.getFirst();
  }

  private static JsonNode problem(ApiResponse response, int status, String code) {
    JsonNode body = JSON.readTree(response.body());
    assertThat(response.status()).as(body.toString()).isEqualTo(status);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(body.path("code").asString()).isEqualTo(code);
    assertThat(body.path("status").asInt()).isEqualTo(status);
    assertThat(body.path("type").asString()).isEqualTo("urn:parley:problem:" + code);
    assertThat(body.path("title").asString()).isNotBlank();
    assertThat(body.path("detail").asString()).endsWith(".");
    assertThat(body.path("requestId").asString()).isEqualTo(header(response, "X-Request-Id"));
    return body;
  }

  private JsonNode refused(ApiRequest request, int status, String code) {
    return problem(api.handle(request), status, code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "/api",
        "/api/",
        "/api/me/",
        "//api/me",
        "/api/conversations//messages",
        "/API/me",
        "/api/sessions/other",
        "/api/conversations/c/messages/1/2"
      })
  void anUnknownAddressIsToldSo(String path) {
    refused(Table.request("GET", path), 404, "route_not_found");
  }

  @Test
  void aMethodThatARouteDoesNotKnowIsToldWithThoseThatItKnows() {
    ApiResponse response = api.handle(Table.request("DELETE", "/api/me"));
    problem(response, 405, "method_not_allowed");
    assertThat(header(response, "Allow")).isEqualTo("GET, HEAD, PATCH");
    assertThat(header(api.handle(Table.request("GET", "/api/sessions")), "Allow"))
        .isEqualTo("DELETE, POST");
    refused(Table.request("get", "/api/me"), 405, "method_not_allowed");
  }

  @Test
  void everyRouteButTheOpenOnesWantsASession() {
    List<String> open =
        List.of(
            "signUp",
            "signIn",
            "signInToDemo",
            "claimErasure",
            "fetchExport",
            "goToProvider",
            "returnFromProvider",
            "getConfig",
            "isLive",
            "isReady",
            "getOpenApi");
    for (Route route : Table.routes().all()) {
      if (open.contains(route.name())) {
        assertThat(route.access()).as(route.name()).isEqualTo(Route.Access.ANYBODY);
        continue;
      }
      // Before anything else is looked at: the body is not read, the query is not parsed.
      ApiRequest.Body untouched =
          _ -> {
            throw new IOException("read for somebody who is not signed in");
          };
      String path =
          route
              .path()
              .text()
              .replace("{id}", "c-" + "a".repeat(26))
              .replace("{seq}", "1")
              .replace("{userId}", "u-" + "a".repeat(26))
              .replace("{code}", "x-" + "a".repeat(26));
      ApiResponse response =
          api.handle(
              new ApiRequest(route.method(), path, "limit=x", List.of(), untouched, "192.0.2.1"));
      problem(response, 401, "token_missing");
      assertThat(header(response, "WWW-Authenticate")).isEqualTo("Bearer");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "Basic YTpi", "Bearer x", "Bearer ps_short", "ps_x"})
  void whatCannotBeATokenIsRefusedWithoutLookingItUp(String authorization) {
    ApiResponse response =
        api.handle(Table.request("GET", "/api/me", new Header("Authorization", authorization)));
    problem(response, 401, "token_invalid");
    assertThat(header(response, "WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void twoTokensAreNone() {
    Header token = new Header("Authorization", "Bearer ps_" + "a".repeat(43));
    refused(Table.request("GET", "/api/me", token, token), 401, "token_invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json; charset=latin1",
        "application/jsonx",
        "",
        "application/x-www-form-urlencoded",
        "application/json, application/json"
      })
  void anotherMediaTypeIsRefused(String type) {
    refused(
        Table.post("/api/sessions", "{}", new Header("Content-Type", type)),
        415,
        "media_type_unsupported");
  }

  @Test
  void aBodyOfNoTypeOrInACodingIsRefused() {
    refused(
        Table.post("/api/sessions", "{}", new Header("Accept", "*/*")),
        415,
        "media_type_unsupported");
    refused(
        Table.post("/api/sessions", "{}", TYPE, new Header("Content-Encoding", "gzip")),
        415,
        "media_type_unsupported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON; charset=UTF-8",
        "application/json;charset=\"utf-8\""
      })
  void jsonInUtf8IsTaken(String type) {
    refused(
        Table.post("/api/sessions", "{}", new Header("content-type", type)),
        422,
        "validation_failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{} {}",
        "{},",
        "{\"handle\":\"a\",\"handle\":\"b\"}",
        "{'handle':'a'}",
        "{\"handle\":NaN}",
        "/* */ {}",
        "\uFEFF{}",
        "{\"handle\":\"a\tb\"}",
        "{\"handle\":01}",
      })
  void whatIsNotJsonIsRefused(String body) {
    refused(Table.post("/api/sessions", body), 400, "body_not_json");
  }

  @Test
  void illFormedUtf8IsRefused() {
    for (byte[] bytes :
        List.of(
            new byte[] {'"', (byte) 0xC0, (byte) 0xAF, '"'},
            new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
            new byte[] {'"', (byte) 0xFF, '"'},
            "{}".getBytes(StandardCharsets.UTF_16))) {
      refused(Table.posted("/api/sessions", bytes), 400, "body_not_json");
    }
  }

  @Test
  void nestingHasABound() {
    String sixteen = "[".repeat(16) + "]".repeat(16);
    refused(Table.post("/api/sessions", sixteen), 422, "validation_failed");
    refused(Table.post("/api/sessions", "[" + sixteen + "]"), 400, "body_not_json");
  }

  @Test
  void theBodyHasABound() {
    String largest = "\"" + "a".repeat(64 * 1024 - 2) + "\"";
    refused(Table.post("/api/sessions", largest), 422, "validation_failed");
    refused(Table.post("/api/sessions", largest + " "), 413, "body_too_large");
  }

  @Test
  void aBodyThatBreaksOffIsToldSo() {
    ApiRequest.Body broken =
        _ -> {
          throw new IOException("gone");
        };
    refused(
        new ApiRequest("POST", "/api/sessions", "", List.of(TYPE), broken, "192.0.2.1"),
        400,
        "body_incomplete");
  }

  @Test
  void nothingOfABrokenBodyIsRepeated() {
    ApiResponse response =
        api.handle(
            Table.post(
                "/api/sessions", "{\"password\":\"my-very-secret-word\" oops}", TYPE, NAMED));
    problem(response, 400, "body_not_json");
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("secret");
  }

  @Test
  void everyFieldAtFaultIsNamed() {
    JsonNode body =
        refused(
            Table.post("/api/accounts", "{\"handle\":\"a\",\"displayName\":7,\"admin\":true}"),
            422,
            "validation_failed");
    assertThat(
            body.path("errors")
                .valueStream()
                .map(e -> e.path("field").asString() + " " + e.path("code").asString()))
        .containsExactly(
            "handle handle_invalid",
            "displayName wrong_type",
            "password missing",
            "admin unknown_field");
    assertThat(body.path("errors").valueStream())
        .allMatch(error -> error.path("message").asString().endsWith("."));
  }

  @Test
  void aPasswordIsJudgedByWhoseItWouldBe() {
    JsonNode body =
        refused(
            Table.post(
                "/api/accounts",
                "{\"handle\":\"longenough1\",\"displayName\":\"A\",\"password\":\"LongEnough1\"}"),
            422,
            "validation_failed");
    assertThat(body.at("/errors/0/field").asString()).isEqualTo("password");
    assertThat(body.at("/errors/0/code").asString()).isEqualTo("password_is_name");
  }

  @Test
  void anAcceptableRequestIdIsKeptAndAnyOtherReplaced() {
    assertThat(requestIdFor(new Header("x-request-id", "abc_DEF-9"))).isEqualTo("abc_DEF-9");
    assertThat(requestIdFor(new Header("X-Request-Id", "a".repeat(64))))
        .hasSize(64)
        .startsWith("a");
    for (String bad : List.of("", "a b", "a\r\nSet-Cookie: x", "a".repeat(65), "é")) {
      assertThat(requestIdFor(new Header("X-Request-Id", bad))).startsWith("r-").hasSize(28);
    }
    Header one = new Header("X-Request-Id", "one");
    assertThat(requestIdFor(one, one)).startsWith("r-");
    assertThat(requestIdFor()).isNotEqualTo(requestIdFor());
  }

  private @Nullable String requestIdFor(Header... headers) {
    return header(api.handle(Table.request("GET", "/health/live", headers)), "X-Request-Id");
  }

  @Test
  void aHeadIsAnsweredLikeAGetWithoutItsBody() {
    ApiResponse get = api.handle(Table.request("GET", "/openapi.json"));
    ApiResponse head = api.handle(Table.request("HEAD", "/openapi.json"));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(get.body().length));
    assertThat(header(head, "Content-Type")).isEqualTo("application/json");
    ApiResponse nowhere = api.handle(Table.request("HEAD", "/nowhere"));
    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(nowhere.body()).isEmpty();
  }

  @Test
  void everyResponseIsKeptFromCachesAndSniffers() {
    for (String path : List.of("/api/me", "/health/live", "/nowhere")) {
      ApiResponse response = api.handle(Table.request("GET", path));
      assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
      assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    }
  }

  @Test
  void readinessIsThatOfTheStore() {
    ApiRequest ready = Table.request("GET", "/health/ready");
    assertThat(Table.api(() -> true).handle(ready).status()).isEqualTo(200);
    ApiResponse response = Table.api(() -> false).handle(ready);
    problem(response, 503, "not_ready");
    assertThat(header(response, "Retry-After")).isEqualTo("1");
    Readiness failing =
        () -> {
          throw new IllegalStateException("no store");
        };
    problem(Table.api(failing).handle(ready), 503, "not_ready");
  }

  @Test
  void whatIsUnexpectedIsToldByItsRequestIdAlone() {
    // Nothing is behind this table, so a good sign-in runs into nothing.
    ApiResponse response =
        api.handle(
            Table.post(
                "/api/sessions", "{\"handle\":\"anna\",\"password\":\"secret\"}", TYPE, NAMED));
    JsonNode body = problem(response, 500, "internal");
    assertThat(body.toString()).doesNotContain("null").doesNotContain("Exception");
  }

  @Test
  void aHostCanRefuseInTheSameForm() {
    for (HostRefusal refusal : HostRefusal.values()) {
      ApiResponse response = api.refuse(refusal, List.of(new Header("X-Request-Id", "mine")));
      assertThat(
              problem(response, refusal.code().status(), refusal.code().code())
                  .path("requestId")
                  .asString())
          .isEqualTo("mine");
    }
  }
}
