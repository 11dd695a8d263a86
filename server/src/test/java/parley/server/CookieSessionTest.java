package parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of a session that a browser keeps in a cookie.
class CookieSessionTest {
  private static final String SIGN_IN =
      "{\"handle\":\"ann\",\"password\":\"" + Running.PASSWORD + "\",\"transport\":\"cookie\"}";

  private static String setCookie(HttpResponse<String> response) {
    List<String> lines = response.headers().allValues("Set-Cookie");
    assertThat(lines).hasSize(1);
    return lines.getFirst();
  }

  private static String pair(String line) {
    return line.substring(0, line.indexOf(';'));
  }

  @Test
  void itBeginsIsUsedAndEnds() throws Exception {
    try (Running running = new Running()) {
      String signUp =
          "{\"handle\":\"ann\",\"displayName\":\"Ann\",\"password\":\"%s\",\"transport\":\"cookie\"}"
              .formatted(Running.PASSWORD);
      Map<String, String> page = Map.of("Origin", running.origin());
      HttpResponse<String> begun = running.send("POST", "/api/accounts", page, signUp);
      assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
      assertThat(begun.body()).contains("\"token\":null").doesNotContain("ps_");
      String line = setCookie(begun);
      assertThat(line)
          .matches(
              "parley_session=ps_[A-Za-z0-9_-]{43}; Path=/; Max-Age=2592000; HttpOnly;"
                  + " SameSite=Strict");

      Map<String, String> session =
          Map.of("Cookie", "theme=dark; " + pair(line), "Origin", running.origin());
      assertThat(running.send("GET", "/api/me", session, null).body()).contains("\"ann\"");

      HttpResponse<String> again = running.send("POST", "/api/sessions", session, SIGN_IN);
      assertThat(again.statusCode()).isEqualTo(201);
      assertThat(pair(setCookie(again))).isNotEqualTo(pair(line));

      HttpResponse<String> over = running.send("DELETE", "/api/sessions/current", session, null);
      assertThat(over.statusCode()).isEqualTo(204);
      assertThat(setCookie(over))
          .isEqualTo("parley_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
      HttpResponse<String> late = running.send("GET", "/api/me", session, null);
      assertThat(late.statusCode()).isEqualTo(401);
      // A slow answer to the session before must not take the cookie of the next one.
      assertThat(late.headers().allValues("Set-Cookie")).isEmpty();
      Map<String, String> next =
          Map.of("Cookie", pair(setCookie(again)), "Origin", running.origin());
      assertThat(running.send("DELETE", "/api/sessions", next, null).statusCode()).isEqualTo(204);
      assertThat(running.send("GET", "/api/me", next, null).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aTokenAndNoOtherTransportSetsNoCookie() throws Exception {
    try (Running running = new Running()) {
      running.signUp("ann");
      for (String transport : List.of("", ",\"transport\":\"bearer\"")) {
        HttpResponse<String> response =
            running.send(
                "POST",
                "/api/sessions",
                Map.of("Origin", running.origin()),
                "{\"handle\":\"ann\",\"password\":\"%s\"%s}"
                    .formatted(Running.PASSWORD, transport));
        assertThat(response.body()).contains("\"token\":\"ps_");
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
      }
    }
  }

  @Test
  void behindTlsTheCookieIsForHttpsAndThisHostAlone() throws Exception {
    try (Running running = new Running(Browsers.of("https://chat.example.com", List.of()))) {
      running.signUp("ann");
      HttpResponse<String> response =
          running.send(
              "POST", "/api/sessions", Map.of("Origin", "https://chat.example.com"), SIGN_IN);
      assertThat(setCookie(response))
          .startsWith("__Host-parley_session=ps_")
          .endsWith("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict; Secure");
      String planted = pair(setCookie(response)).replace("__Host-", "");
      assertThat(running.send("GET", "/api/me", Map.of("Cookie", planted), null).statusCode())
          .isEqualTo(401);
      String cookie = pair(setCookie(response));
      HttpResponse<String> me = running.send("GET", "/api/me", Map.of("Cookie", cookie), null);
      assertThat(me.statusCode()).isEqualTo(200);
      assertThat(me.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat.example.com", "https://chat.example.com/app", "*", ""})
  void whatIsNoOriginIsRefusedAtTheStart(String url) {
    assertThatThrownBy(() -> Browsers.of(url, List.of()))
        .isInstanceOf(Refused.class)
        .hasMessageStartingWith("--public-url is an origin;");
    assertThatThrownBy(() -> Browsers.of(null, List.of(url)))
        .isInstanceOf(Refused.class)
        .hasMessageStartingWith("--cors-origin is an origin;");
  }
}
