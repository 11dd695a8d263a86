package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import parley.messaging.account.SessionId;

/// Tickets on the embedded engine.
class TicketTest {
  private static final SessionId SESSION = new SessionId("5".repeat(64));

  private final TestClock clock = new TestClock();
  private final Table table = TestTables.inMemory();
  private final TicketItems tickets = new TicketItems(table);

  @Test
  void isGoodOnceWhicheverServerIsAsked() throws Exception {
    tickets.issue("hash", SESSION, clock.instant().plusSeconds(30));
    Callable<Boolean> use = () -> new TicketItems(table).redeem("hash", clock.instant()) != null;
    try (ExecutorService servers = Executors.newFixedThreadPool(4)) {
      List<Future<Boolean>> all = servers.invokeAll(List.of(use, use, use, use));
      int good = 0;
      for (Future<Boolean> one : all) {
        good += one.get() ? 1 : 0;
      }
      assertThat(good).isEqualTo(1);
    }
  }

  @Test
  void isGoodForThirtySecondsAndNotAMillisecondMore() {
    tickets.issue("one", SESSION, clock.instant().plusSeconds(30));
    tickets.issue("other", SESSION, clock.instant().plusSeconds(30));
    clock.advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(tickets.redeem("one", clock.instant())).isEqualTo(SESSION);
    clock.advance(Duration.ofMillis(1));
    assertThat(tickets.redeem("other", clock.instant())).isNull();
    assertThat(tickets.redeem("never given out", clock.instant())).isNull();
  }
}
