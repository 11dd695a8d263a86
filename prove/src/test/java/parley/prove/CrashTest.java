package parley.prove;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import parley.prove.Crash.Fault;

/// The one server there is, killed in the middle of what it does, again and again. Of two: see
/// `CrashOfTwoTest`, a class of its own so that both may run at a time.
class CrashTest {
  @Test
  void oneServerIsKilledTenTimes() throws Exception {
    Crashes.hold(10, 1, Fault.KILL, Duration.ZERO);
  }
}
