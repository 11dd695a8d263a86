package parley.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import parley.prove.Crash.Fault;
import parley.prove.Tally.Of;

/// Servers that something happens to, with 128 messages under way: every promise holds, it did
/// happen in the middle, and nothing is left behind.
final class Crashes {
  private Crashes() {}

  static void hold(int times, int servers, Fault fault, Duration apart) throws Exception {
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
  }

  private static Set<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return new HashSet<>(
          all.filter(path -> path.getFileName().toString().startsWith(Site.FOLDERS)).toList());
    }
  }
}
