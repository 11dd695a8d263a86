package parley.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Parsed;

/// What browsers are told and asked for: origins, cookies, and the headers of every answer.
class BrowserTest {
  private static final String TOKEN = "ps_" + "a".repeat(43);
  private static final Header JSON = new Header("Content-Type", "application/json");

  private static Origin origin(String value) {
    return new Origin(value);
  }

  private static final Origins PUBLIC =
      new Origins(origin("https://chat.example.com"), Set.of(origin("https://other.example")));

  private final Api local = Table.api();
  private final Api open = Table.api(() -> true, PUBLIC);

  private static List<String> headers(ApiResponse response, String name) {
    return Header.all(response.headers(), name);
  }

  private static Header host(String value) {
    return new Header("Host", value);
  }

  private static Header from(String value) {
    return new Header("Origin", value);
  }

  private static Header cookie(String value) {
    return new Header("Cookie", value);
  }

  private static String code(ApiResponse response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    return body.replaceAll(".*\"code\":\"([a-z_]+)\",\"requestId\".*", "$1");
  }

  /// What becomes of a sign-out with these headers: `token_invalid` if nothing but its token was
  /// found to be wrong.
  private static String signOut(Api api, Header... headers) {
    return code(api.handle(Table.request("DELETE", "/api/sessions/current", headers)));
  }

  // Origins.

  @ParameterizedTest
  @CsvSource({
    "https://chat.example.com, https://chat.example.com",
    "HTTPS://Chat.Example.com/, https://chat.example.com",
    "https://chat.example.com:443, https://chat.example.com",
    "http://localhost:80, http://localhost",
    "https://chat.example.com:8443, https://chat.example.com:8443",
    "http://[::1]:8080, http://[::1]:8080",
  })
  void anOriginIsReadAsBrowsersWriteIt(String url, String value) {
    assertThat(Origin.parse(url)).isEqualTo(Parsed.good(origin(value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "*",
        "chat.example.com",
        "ftp://a",
        "https://",
        "https://a/b",
        "https://a?b",
        "https://a#b",
        "https://u@a",
        "https://a:70000",
        "https://*.example.com",
        "https://ä.example",
        "https://a b",
        "https:a"
      })
  void whatIsNoOriginIsRefused(String url) {
    assertThat(Origin.parse(url)).isInstanceOf(Parsed.Bad.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:8080", "127.0.0.1:8080", "[::1]:8080", "localhost", "LOCALHOST"})
  void withoutAPublicUrlPagesOfThisMachineAreOwn(String host) {
    String page = "http://" + host.toLowerCase(java.util.Locale.ROOT);
    assertThat(signOut(local, cookie("parley_session=" + TOKEN), host(host), from(page)))
        // The session is looked for then, and there is nothing to look in.
        .isEqualTo("internal");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080, http://localhost:3000",
    "localhost:8080, http://127.0.0.1:8080",
    "localhost:8080, https://localhost:8080",
    "localhost:8080, http://localhost:8080/",
    "localhost:8080, http://LOCALHOST:8080",
    "localhost:8080, null",
    "localhost:8080, https://evil.example",
    // Somebody's own name that leads to this machine.
    "evil.example:8080, http://evil.example:8080",
    "localhost.evil.example, http://localhost.evil.example",
    "127.0.0.1.evil.example, http://127.0.0.1.evil.example",
    "192.168.1.5:8080, http://192.168.1.5:8080",
  })
  void otherPagesAreNot(String host, String page) {
    assertThat(signOut(local, cookie("parley_session=" + TOKEN), host(host), from(page)))
        .isEqualTo("origin_refused");
  }

  @Test
  void anOriginThatIsMissingOrThereTwiceIsRefused() {
    Header here = host("localhost");
    Header page = from("http://localhost");
    Header session = cookie("parley_session=" + TOKEN);
    assertThat(signOut(local, session, here)).isEqualTo("origin_refused");
    assertThat(signOut(local, session, here, page, page)).isEqualTo("origin_refused");
    assertThat(signOut(local, session, here, here, page)).isEqualTo("origin_refused");
    assertThat(signOut(local, session, page)).isEqualTo("origin_refused");
  }

  @Test
  void withAPublicUrlThatAloneIsOwn() {
    Header session = cookie("__Host-parley_session=" + TOKEN);
    assertThat(signOut(open, session, host("10.0.0.7"), from("https://chat.example.com")))
        .isEqualTo("internal");
    for (String page : List.of("http://chat.example.com", "https://other.example")) {
      assertThat(signOut(open, session, host("chat.example.com"), from(page)))
          .isEqualTo("origin_refused");
    }
    assertThat(signOut(open, session, host("localhost"), from("http://localhost")))
        .isEqualTo("origin_refused");
  }

  @Test
  void aCookieIsBegunByOwnPagesAlone() {
    String signIn = "{\"handle\":\"anna\",\"password\":\"p\",\"transport\":\"cookie\"}";
    String signUp =
        "{\"handle\":\"anna\",\"displayName\":\"A\",\"password\":\"rowing at dawn\","
            + "\"transport\":\"cookie\"}";
    for (List<String> one :
        List.of(List.of("/api/sessions", signIn), List.of("/api/accounts", signUp))) {
      String path = one.get(0);
      String body = one.get(1);
      assertThat(code(local.handle(Table.post(path, body)))).isEqualTo("origin_refused");
      assertThat(
              code(
                  local.handle(
                      Table.post(
                          path, body, JSON, host("localhost"), from("http://evil.example")))))
          .isEqualTo("origin_refused");
      assertThat(
              code(
                  local.handle(
                      Table.post(path, body, JSON, host("localhost"), from("http://localhost")))))
          .isEqualTo("internal");
    }
  }

  // Cookies.

  private static String who(String... cookies) {
    Header[] headers = Arrays.stream(cookies).map(BrowserTest::cookie).toArray(Header[]::new);
    return code(Table.api().handle(Table.request("GET", "/api/me", headers)));
  }

  @Test
  void theCookieIsFoundAmongOthers() {
    assertThat(who("a=b; parley_session=" + TOKEN + "; c=d")).isEqualTo("internal");
    assertThat(who("a=b;parley_session=" + TOKEN)).isEqualTo("internal");
    assertThat(who("a=b", "parley_session=" + TOKEN)).isEqualTo("internal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "parley_session",
        "Parley_Session=x",
        "xparley_session=x",
        "a=parley_session=x",
        "__Host-parley_session=x",
        "a=\"; b=\""
      })
  void whatIsNotTheCookieIsNone(String line) {
    assertThat(who(line)).isEqualTo("token_missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "\"" + "ps_" + "\"", "ps_a, b", "ps_ "})
  void whatCannotBeATokenIsRefusedWithoutLookingItUp(String value) {
    assertThat(who("parley_session=" + value)).isEqualTo("token_invalid");
    assertThat(who("parley_session=\"" + TOKEN + "\"")).isEqualTo("token_invalid");
  }

  @Test
  void twoCookiesAreRefused() {
    String pair = "parley_session=" + TOKEN;
    assertThat(who(pair + "; " + pair)).isEqualTo("credentials_ambiguous");
    assertThat(who(pair, pair)).isEqualTo("credentials_ambiguous");
    assertThat(who("parley_session=; " + pair)).isEqualTo("credentials_ambiguous");
  }

  @Test
  void aCookieAndAnotherTokenAreRefused() {
    Header session = cookie("parley_session=" + TOKEN);
    for (String authorization : List.of("Bearer " + TOKEN.replace('a', 'b'), "Basic YTpi", "")) {
      assertThat(signOut(local, session, new Header("Authorization", authorization)))
          .isEqualTo("credentials_ambiguous");
    }
    // A page of somebody else cannot send this header, so it needs no origin.
    assertThat(signOut(local, session, new Header("Authorization", "Bearer " + TOKEN)))
        .isEqualTo("internal");
  }

  // Headers.

  @Test
  void everyAnswerIsHarmlessInABrowser() {
    Stream.of(
            local.handle(Table.request("GET", "/health/live")),
            local.handle(Table.request("GET", "/api/me")),
            local.handle(Table.request("OPTIONS", "/api/me")),
            local.handle(Table.request("HEAD", "/openapi.json")),
            local.refuse(HostRefusal.MALFORMED, List.of()))
        .forEach(response -> {
          assertThat(headers(response, "X-Content-Type-Options")).containsExactly("nosniff");
          assertThat(headers(response, "Referrer-Policy")).containsExactly("no-referrer");
          assertThat(headers(response, "X-Frame-Options")).containsExactly("DENY");
          assertThat(headers(response, "Content-Security-Policy"))
              .containsExactly("default-src 'none'; frame-ancestors 'none'");
          assertThat(headers(response, "Cross-Origin-Resource-Policy"))
              .containsExactly("same-origin");
          assertThat(headers(response, "Strict-Transport-Security")).isEmpty();
          assertThat(headers(response, "Vary")).isEmpty();
        });
    assertThat(headers(open.handle(Table.request("GET", "/api/me")), "Strict-Transport-Security"))
        .containsExactly("max-age=31536000");
  }

  // Other origins.

  private ApiResponse preflight(Api api, @Nullable String page, String path) {
    Header method = new Header("Access-Control-Request-Method", "POST");
    return api.handle(
        page == null
            ? Table.request("OPTIONS", path, method)
            : Table.request("OPTIONS", path, method, from(page)));
  }

  private static boolean allowsAnything(ApiResponse response) {
    return response.headers().stream()
        .anyMatch(header -> header.name().startsWith("Access-Control-"));
  }

  @Test
  void noOtherOriginIsAllowedUnlessSaidSo() {
    ApiResponse response = preflight(local, "https://other.example", "/api/sessions");
    assertThat(response.status()).isEqualTo(405);
    assertThat(headers(response, "Allow")).containsExactly("DELETE, POST");
    assertThat(allowsAnything(response)).isFalse();
    assertThat(
            allowsAnything(
                local.handle(Table.request("GET", "/health/live", from("https://other.example")))))
        .isFalse();
  }

  @Test
  void anAllowedOriginMayCallWithATokenAndNeverWithACookie() {
    ApiResponse response = preflight(open, "https://other.example", "/api/sessions");
    assertThat(response.status()).isEqualTo(204);
    assertThat(headers(response, "Access-Control-Allow-Origin"))
        .containsExactly("https://other.example");
    assertThat(headers(response, "Access-Control-Allow-Methods"))
        .containsExactly("GET, POST, PUT, PATCH, DELETE");
    assertThat(headers(response, "Access-Control-Allow-Headers"))
        .containsExactly("Authorization, Content-Type, X-Request-Id");
    assertThat(headers(response, "Access-Control-Max-Age")).containsExactly("600");
    for (ApiResponse one :
        List.of(
            response,
            open.handle(Table.request("GET", "/api/me", from("https://other.example"))),
            open.handle(Table.request("GET", "/nowhere", from("https://other.example"))),
            open.refuse(HostRefusal.TOO_BUSY, List.of(from("https://other.example"))))) {
      assertThat(headers(one, "Access-Control-Allow-Origin"))
          .containsExactly("https://other.example");
      assertThat(headers(one, "Access-Control-Allow-Credentials")).isEmpty();
      assertThat(headers(one, "Vary")).containsExactly("Origin");
    }
  }

  @Test
  void nobodyElseIsAllowedAndCachesKeepThemApart() {
    for (String page :
        Arrays.asList(
            null,
            "null",
            "*",
            "http://other.example",
            "https://other.example:8443",
            "https://chat.example.com",
            "https://other.example.evil.example")) {
      ApiResponse response = preflight(open, page, "/api/sessions");
      assertThat(response.status()).as(page).isEqualTo(405);
      assertThat(allowsAnything(response)).as(page).isFalse();
      assertThat(headers(response, "Vary")).containsExactly("Origin");
    }
    // Not a preflight, since it asks for no method.
    assertThat(
            open.handle(Table.request("OPTIONS", "/api/sessions", from("https://other.example")))
                .status())
        .isEqualTo(405);
  }

  @Test
  void clientsAreToldTheirBounds() {
    ApiResponse response = local.handle(Table.request("GET", "/api/config"));
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains(
            "\"textCodePoints\":2000",
            "\"handleKeptSeconds\":2592000",
            "\"clientIdLifeSeconds\":604800",
            "\"bodyBytes\":65536",
            "\"erasureGraceSeconds\":604800")
        .endsWith("\"signIn\":[\"password\"],\"providers\":[],\"retentionDays\":0,\"demo\":[]}");
  }
}
