package parley.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.prove.Crash.Fault;
import parley.prove.Tally.Of;

/// Servers are killed, stand still, and have clocks that disagree, with 128 messages under way.
class CrashTest {
  private static Report holds(int times, int servers, Fault fault, Duration apart)
      throws Exception {
    Set<Path> before = folders();
    Report report =
        Crash.run(
            new Crash.Plan(times, servers, fault, apart, System.nanoTime() & 0xFFFF),
            InstantSource.system());
    assertThat(report.findings()).as(report.text()).isEmpty();
    assertThat(report.tally().of(Of.UNANSWERED)).as(report.text()).isPositive();
    long underWay = Long.parseLong(report.done().get("messages under way when it happened"));
    assertThat(underWay).as(report.text()).isGreaterThan(100L * times);
    assertThat(folders()).as("folders left behind").isSubsetOf(before);
    return report;
  }

  private static Set<Path> folders() throws Exception {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return new HashSet<>(
          all.filter(path -> path.getFileName().toString().startsWith(Site.FOLDERS)).toList());
    }
  }

  @Test
  void oneServerIsKilledTenTimes() throws Exception {
    holds(10, 1, Fault.KILL, Duration.ZERO);
  }

  @Test
  void eitherOfTwoServersIsKilled() throws Exception {
    holds(2, 2, Fault.KILL, Duration.ZERO);
  }

  @Test
  void aServerStandsStillUntilAnotherHasTakenOver() throws Exception {
    holds(1, 2, Fault.FREEZE, Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, -30})
  void eitherIsKilledAndTheirClocksAreApart(int seconds) throws Exception {
    holds(2, 2, Fault.KILL, Duration.ofSeconds(seconds));
  }
}
