package parley.prove;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.prove.Crash.Fault;

/// One of two servers is killed or stands still, and the other goes on, whatever their clocks say.
class CrashOfTwoTest {
  @Test
  void eitherIsKilled() throws Exception {
    Crashes.hold(2, 2, Fault.KILL, Duration.ZERO);
  }

  @Test
  void oneStandsStillUntilTheOtherHasTakenOver() throws Exception {
    Crashes.hold(1, 2, Fault.FREEZE, Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, -30})
  void eitherIsKilledAndTheirClocksAreApart(int seconds) throws Exception {
    Crashes.hold(2, 2, Fault.KILL, Duration.ofSeconds(seconds));
  }
}
