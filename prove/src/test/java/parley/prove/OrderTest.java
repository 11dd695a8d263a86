package parley.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.prove.LyingServer.Lie;
import parley.prove.Tally.Of;

/// Nothing is lost, doubled or out of order at one server, at two, and where there are rate limits;
/// and a server that lies is found out.
class OrderTest {
  private static Site one;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    one = Site.of(1, true);
  }

  @AfterAll
  static void stop() {
    one.close();
  }

  private static Order.Plan plan(int people, int talks, long messages, int readers) {
    return new Order.Plan(
        people, talks, messages, readers, Duration.ofMinutes(10), Duration.ofMinutes(1), 42);
  }

  private static Report holds(Report report) {
    assertThat(report.findings()).as(report.text()).isEmpty();
    return report;
  }

  @Test
  void atOneServerThatHasLimits() throws Exception {
    Report report = holds(Order.run(plan(3, 3, 500, 2), one.servers(), InstantSource.system()));
    assertThat(report.done()).containsEntry("messages acknowledged", "500");
    // Three people may send 180 at once and 30 a second: a machine on which 500 take longer than 11
    // seconds by themselves meets no limit.
    assertThat(report.tally().of(Of.LIMITED) > 0 || rate(report) < 48).as(report.text()).isTrue();
  }

  private static long rate(Report report) {
    return Long.parseLong(report.done().get("messages a second"));
  }

  @Test
  void atTwoServers() throws Exception {
    try (Site two = Site.of(2, false)) {
      Report report = holds(Order.run(plan(6, 12, 600, 4), two.servers(), InstantSource.system()));
      for (Of of :
          Set.of(Of.SENT_TWICE, Of.SENT_AGAIN, Of.THROWN_AWAY, Of.HEARD, Of.LOST, Of.CUT)) {
        assertThat(report.tally().of(of)).as(of + " in " + report.text()).isPositive();
      }
      assertThat(report.done()).containsEntry("messages acknowledged", "600");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatLiesIsFoundOut(Lie lie) throws Exception {
    Order.Plan small =
        new Order.Plan(3, 2, 120, 0, Duration.ofMinutes(5), Duration.ofSeconds(1), 42);
    try (LyingServer liar = new LyingServer(one.servers().at(0), lie)) {
      Report report =
          Order.run(small, new Servers(List.of(liar.address())), InstantSource.system());
      assertThat(report.holds()).isFalse();
      assertThat(report.findings().stream().map(Finding::promise).collect(Collectors.toSet()))
          .as(report.text())
          .containsAll(
              switch (lie) {
                case PRETENDS -> Set.of(Promise.KEPT);
                case FORGETS_ATTEMPTS -> Set.of(Promise.ONCE, Promise.SAME_NUMBER, Promise.AS_SENT);
                case HIDES -> Set.of(Promise.KEPT, Promise.NO_GAP, Promise.SAME_FOR_BOTH);
                case SWAPS -> Set.of(Promise.SAME_NUMBER, Promise.IN_ORDER);
                case MISCOUNTS -> Set.of(Promise.INBOX);
                case SPLITS -> Set.of(Promise.ONE_CONVERSATION);
              });
    }
  }

  @Test
  void theCommandReportsToPeopleAndPrograms() throws Exception {
    URI url = one.servers().at(0);
    Path json = folder.resolve("report.json");
    String[] args = {
      "order",
      "--url",
      url.toString(),
      "--people",
      "2",
      "--conversations",
      "1",
      "--readers",
      "1",
      "--messages",
      "20",
      "--seed",
      "7",
      "--inbox-seconds",
      "60",
      "--json",
      json.toString()
    };
    assertThat(Prove.run(args)).isEqualTo(Prove.HOLDS);
    var report = Client.JSON.readTree(Files.readString(json));
    assertThat(report.path("holds").asBoolean()).isTrue();
    assertThat(report.path("seed").asLong()).isEqualTo(7);
    assertThat(report.path("promises")).hasSize(Promise.values().length);
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThatIllegalArgumentException().isThrownBy(() -> plan(3, 4, 10, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> plan(3, 3, 10, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> plan(3, 3, 0, 0));
    plan(Bounds.PEOPLE, Bounds.CONVERSATIONS, Bounds.MESSAGES, Bounds.PEOPLE);
    assertThatIllegalArgumentException().isThrownBy(() -> plan(Bounds.PEOPLE + 1, 1, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(Bounds.PEOPLE, Bounds.CONVERSATIONS + 1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> plan(2, 1, Bounds.MESSAGES + 1, 0));
    assertThat(Prove.run("order", "--people", "1")).isEqualTo(Prove.USAGE);
    assertThat(Prove.run("order", "--minutes", "0")).isEqualTo(Prove.USAGE);
    assertThat(Prove.run("crash", "--servers", "3")).isEqualTo(Prove.USAGE);
    assertThat(Prove.run("crash", "--times", "0")).isEqualTo(Prove.USAGE);
    assertThat(Prove.run("crash", "--times", Integer.toString(Bounds.TIMES + 1)))
        .isEqualTo(Prove.USAGE);
    assertThat(Prove.run("crash", "--freeze")).isEqualTo(Prove.USAGE);
    assertThat(Prove.run("crash", "--nonsense")).isEqualTo(Prove.USAGE);
  }
}
