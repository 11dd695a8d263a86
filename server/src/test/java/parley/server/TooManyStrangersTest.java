package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.UserId;

/// The limit on strangers, over HTTP, on a server that limits.
class TooManyStrangersTest {
  @Test
  void whoeverIsRefusedIsToldWhenItIsPossibleAgain() throws Exception {
    try (Running running = Running.limited()) {
      // Its day has just begun, so that it does not end while this runs; and it is tomorrow, for
      // the engine deletes by this machine's clock what is over.
      Instant now = Instant.now();
      Instant tomorrow = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
      running.setBehind(Duration.between(tomorrow, now));
      Account ann = running.signUp("ann");
      Map<String, String> headers = Map.of("Authorization", "Bearer " + running.session(ann));
      for (int i = 0; i <= Limits.STRANGERS_A_DAY; i++) {
        byte[] bits = new byte[17];
        bits[0] = (byte) (i + 1);
        // Opening has a limit of its own, so this goes around it.
        var id = running.server.services().conversations().openDirect(ann.id(), UserId.of(bits));
        String clientId = running.clientIdNow();
        HttpResponse<String> answer =
            running.send(
                "POST",
                "/api/conversations/" + id + "/messages",
                headers,
                "{\"clientId\":\"%s\",\"text\":\"Hello\"}".formatted(clientId));
        if (i < Limits.STRANGERS_A_DAY) {
          assertThat(answer.statusCode()).as(i + ": " + answer.body()).isEqualTo(201);
        } else {
          assertThat(answer.statusCode()).isEqualTo(429);
          assertThat(answer.body()).contains("\"code\":\"too_many_strangers\"");
          long seconds = Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
          assertThat(seconds)
              .isBetween(Duration.ofHours(23).toSeconds(), Duration.ofDays(1).toSeconds());
        }
      }
    }
  }
}
