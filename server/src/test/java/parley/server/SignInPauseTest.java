package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Wrong passwords, as a client meets them.
class SignInPauseTest {
  private static HttpResponse<String> signIn(Running running, String handle, String password)
      throws Exception {
    return running.send(
        "POST",
        "/api/sessions",
        Map.of("X-Request-Id", "the-same"),
        "{\"handle\":\"%s\",\"password\":\"%s\"}".formatted(handle, password));
  }

  /// Everything that can be seen of an answer, but the time of day.
  private static String seen(HttpResponse<String> response) {
    Map<String, List<String>> headers = new java.util.TreeMap<>(response.headers().map());
    headers.remove("date");
    return response.statusCode() + " " + headers + " " + response.body();
  }

  @Test
  void theyAreToldAlikeWhetherOrNotThereIsSuchAHandle() throws Exception {
    try (Running running = new Running()) {
      running.signUp("ann");
      // No longer a sign-up that may be tried again; and a pause that does not end meanwhile.
      running.standStill();
      running.setBehind(Duration.ofMinutes(-20));
      List<String> known = new ArrayList<>();
      List<String> unknown = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        known.add(seen(signIn(running, "ann", "not that one")));
        unknown.add(seen(signIn(running, "nobody", "not that one")));
      }
      assertThat(unknown).isEqualTo(known).allMatch(answer -> answer.startsWith("401 "));
      HttpResponse<String> right = signIn(running, "ann", Running.PASSWORD);
      HttpResponse<String> wrong = signIn(running, "nobody", "not that one");
      assertThat(right.statusCode()).isEqualTo(429);
      assertThat(right.body()).contains("\"code\":\"sign_in_paused\"").isEqualTo(wrong.body());
      assertThat(right.headers().map().keySet()).isEqualTo(wrong.headers().map().keySet());
      assertThat(right.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 15L);
      running.setBehind(Duration.ofMinutes(-21));
      assertThat(signIn(running, "ann", Running.PASSWORD).statusCode()).isEqualTo(201);
    }
  }
}
