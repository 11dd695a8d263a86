package parley.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.server.Refused;

/// A clock is wrong only where somebody says so, and then it is said out loud.
class ShiftedClockTest {
  private static final InstantSource RIGHT =
      InstantSource.fixed(Instant.parse("2026-01-05T10:00:00Z"));

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @AfterEach
  void forget() {
    System.clearProperty(ShiftedClock.PROPERTY);
  }

  private InstantSource clock() {
    return ShiftedClock.of(RIGHT, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @Test
  void isRightUnlessToldOtherwise() {
    assertThat(clock()).isSameAs(RIGHT);
    assertThat(said.size()).isZero();
  }

  @Test
  void isAheadOrBehindAndSaysSo() {
    System.setProperty(ShiftedClock.PROPERTY, "PT30S");
    assertThat(clock().instant()).isEqualTo("2026-01-05T10:00:30Z");
    System.setProperty(ShiftedClock.PROPERTY, "PT-30S");
    assertThat(clock().instant()).isEqualTo("2026-01-05T09:59:30Z");
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("WRONG ON PURPOSE, BY PT30S", "WRONG ON PURPOSE, BY PT-30S");
  }

  @Test
  void nonsenseIsRefused() {
    System.setProperty(ShiftedClock.PROPERTY, "30");
    assertThatExceptionOfType(Refused.class).isThrownBy(this::clock).withMessageContaining("PT30S");
  }
}
