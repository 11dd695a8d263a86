package parley.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatenessTest {
  @ParameterizedTest
  @CsvSource({
    "0, false, 0",
    "1.5, false, 1.5",
    "-3, false, 0",
    "59, true, 0",
    "60, true, 0",
    "75, true, 15"
  })
  void isWhatIsSureOfIt(double after_s, boolean embedded, double late_s) {
    Instant at = Instant.parse("2026-01-01T10:00:00Z");
    Instant now = at.plusMillis((long) (after_s * 1000));
    assertThat(Lateness.of(at, now, embedded)).isEqualTo(Duration.ofMillis((long) (late_s * 1000)));
  }
}
