package parley.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import parley.api.Providers.Departure;
import parley.messaging.Limits;

/// What a browser brings back from an identity provider, and what it cannot make up.
class SignInCookieTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Departure DEPARTURE =
      new Departure(
          "one",
          URI.create("https://id.example.com/"),
          "state",
          "no-nce",
          "ver_ifier",
          SignInFor.EXPORT);

  private static SignInCookie at(Duration since) {
    return new SignInCookie(true, Table.SECRET, () -> NOW.plus(since));
  }

  private static String value() {
    String line = at(Duration.ZERO).kept(DEPARTURE).value();
    assertThat(line)
        .startsWith("__Host-parley_sign_in=")
        .endsWith("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure");
    return line.substring(line.indexOf('=') + 1, line.indexOf(';'));
  }

  private static boolean isTaken(String value, String provider, Duration since) {
    ApiRequest request =
        Table.request("GET", "/", new Header("Cookie", "__Host-parley_sign_in=" + value));
    Departure read = at(since).read(request, provider);
    assertThat(read == null || read.purpose() == SignInFor.EXPORT).isTrue();
    return read != null;
  }

  @Test
  void itHoldsForTenMinutesAndOneProvider() {
    String value = value();
    assertThat(isTaken(value, "one", Duration.ZERO)).isTrue();
    assertThat(isTaken(value, "two", Duration.ZERO)).isFalse();
    Duration last = Limits.PROVIDER_SIGN_IN.minusMillis(1);
    assertThat(isTaken(value, "one", last)).isTrue();
    assertThat(isTaken(value, "one", Limits.PROVIDER_SIGN_IN)).isFalse();
  }

  @Test
  void noCharacterOfItCanBeAnother() {
    String value = value();
    for (int i = 0; i < value.length(); i++) {
      char other = value.charAt(i) == '1' ? '2' : '1';
      String changed = value.substring(0, i) + other + value.substring(i + 1);
      assertThat(isTaken(changed, "one", Duration.ZERO)).as(changed).isFalse();
    }
    assertThat(isTaken(value.substring(0, value.lastIndexOf('.')), "one", Duration.ZERO)).isFalse();
    assertThat(isTaken("", "one", Duration.ZERO)).isFalse();
  }
}
