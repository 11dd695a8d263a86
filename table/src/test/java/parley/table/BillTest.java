package parley.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Entry;
import parley.store.Capabilities;
import parley.store.Table;
import parley.store.TestTables;
import parley.store.UnitMeter;
import parley.store.World;

/// What a bill says against what a day on the engine consumes, and against what can be reckoned by
/// hand.
class BillTest {
  private static final int PAIRS = 4;
  private static final int TALKS = 10;
  private static final int MESSAGES = 5;
  private static final String TEXT = "x".repeat(100);

  @TempDir Path folder;

  /// Ten talks of five messages a pair and a day, every second one by a server that knows nothing:
  /// what the model takes for granted.
  @Test
  void theModelIsWithinATenthOfASimulatedDay() {
    Table plain = TestTables.inMemory();
    UnitMeter meter = new UnitMeter();
    Table metered = new Table(TestTables.engine().client(), plain.name(), Capabilities.ALL, meter);
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    World server = new World(metered, now::get);
    List<ConversationId> talks =
        java.util.stream.IntStream.range(0, PAIRS)
            .mapToObj(i -> server.conversations.openDirect(one(i), other(i)))
            .toList();
    for (int i = 0; i < PAIRS; i++) {
      for (int n = 0; n < 60; n++) {
        // Both, so that nobody's is a request any more.
        send(server, talks.get(i), n % 2 == 0 ? one(i) : other(i));
      }
    }
    meter.reset();
    World known = server;
    for (int talk = 0; talk < TALKS; talk++) {
      now.updateAndGet(at -> at.plus(Duration.ofHours(2)));
      World speaking = talk % 2 == 0 ? new World(metered, now::get) : known;
      for (int i = 0; i < PAIRS; i++) {
        for (int n = 0; n < MESSAGES; n++) {
          send(speaking, talks.get(i), n % 2 == 0 ? one(i) : other(i));
        }
        for (UserId person : List.of(one(i), other(i))) {
          speaking.rows.anyRows(person, 101);
          speaking.messages.before(person, talks.get(i), 61, 50);
          speaking.inbox.markRead(person, talks.get(i), 60 + (talk + 1L) * MESSAGES);
        }
      }
      known = speaking;
    }
    double each = TALKS * MESSAGES / 2.0;
    Workload.Consumed month =
        new Workload(PAIRS * 2, each, TALKS, TALKS, TEXT.length(), 1, 1).consumed();
    double writes = (month.write() + month.indexWrite()) / Assumption.DAYS.value();
    double reads = (month.read() + month.indexRead()) / Assumption.DAYS.value();
    assertThat(meter.indexWrites())
        .isCloseTo(month.indexWrite() / Assumption.DAYS.value(), within(1.0));
    assertThat(writes / meter.writes()).as("writes").isBetween(0.9, 1.1);
    assertThat(reads / meter.reads()).as("reads").isBetween(0.9, 1.1);
  }

  private static void send(World server, ConversationId id, UserId from) {
    Entry.Message message = server.send(from, id, TEXT);
    server.projector.project(id, List.of(message));
  }

  private static UserId one(int pair) {
    return World.person(2 * pair + 1);
  }

  private static UserId other(int pair) {
    return World.person(2 * pair + 2);
  }

  @Test
  void aBillThatCanBeCheckedByHand() {
    // A million messages a month, and nothing else: 3 W each, and 0.8 Wi for two rows that move.
    Workload work = new Workload(1_000_000, 1 / Assumption.DAYS.value(), 0, 0, 100, 1, 1);
    Bill bill = new Bill(work, Prices.own());
    assertThat(bill.ways().getFirst().lines().getFirst().dollars().getAsDouble())
        .isCloseTo(3 * 0.625, within(0.001));
    assertThat(bill.ways().getFirst().lines().get(2).dollars().getAsDouble())
        .isCloseTo(0.8 * 0.625, within(0.001));
    assertThat(bill.breakEven().getAsDouble()).isCloseTo(0.289, within(0.001));
    assertThat(bill.besides())
        .filteredOn(line -> line.what().equals("API Gateway, HTTP"))
        .first()
        .satisfies(line -> assertThat(line.dollars().getAsDouble()).isCloseTo(1, within(0.001)));
  }

  @Test
  void whatIsNotKnownIsSaidAndTheCheapestIsMarked() throws Exception {
    try (Place place = Place.fresh()) {
      Workload work = new Workload(10_000, 20, 10, 20, 100, 30, 12);
      new Bill(work, Prices.own()).print(place.out(false));
      assertThat(place.said())
          .contains("us-east-1, prices of 2026-11-22")
          .containsPattern("provisioned, reserved\n  table, writes .* not known")
          .containsOnlyOnce("<- the cheapest")
          .contains("more than 29 %")
          .contains("reserved capacity costs is not known", "write.hour.reserved")
          .contains(
              java.util.Arrays.stream(Assumption.values())
                  .map(each -> "  " + each.sentence() + "\n")
                  .toArray(String[]::new));
      Path mine = folder.resolve("mine.properties");
      Files.writeString(mine, "date=2027-01-01\nregion=here\nwrite.million=1\nread.million=1\n");
      Bill own = new Bill(work, Prices.read(mine));
      assertThat(own.cheapest().name()).isEqualTo("on-demand");
      own.print(place.out(false));
      assertThat(place.said()).contains("here, prices of 2027-01-01").contains("not known");
      Files.writeString(
          mine,
          """
          date=2027-01-01
          region=here
          write.million=1
          read.million=1
          write.hour.reserved=0.0002
          read.hour.reserved=0.00004
          """);
      Bill reserved = new Bill(work, Prices.read(mine));
      // 200,000 messages a day, 3 W each: 7 a second, 10 to be used to 70 %, and so one block.
      assertThat(reserved.ways().getLast().lines().getFirst().howMuch()).isEqualTo("100 a second");
      assertThat(reserved.ways().getLast().lines().getFirst().dollars().getAsDouble())
          .isCloseTo(100 * 730 * 0.0002, within(0.001));
      assertThat(reserved.cheapest().name()).isEqualTo("provisioned, reserved");
      reserved.print(place.out(false));
      assertThat(place.said()).doesNotContain("reserved capacity costs is not known");
      Files.writeString(mine, "date=2027-01-01\nregion=here\nwrite.million=cheap\n");
      assertThatThrownBy(() -> Prices.read(mine)).hasMessageContaining("write.million=cheap");
      Files.writeString(mine, "write.million=1\n");
      assertThatThrownBy(() -> Prices.read(mine)).hasMessageContaining("of when and where");
      assertThatThrownBy(() -> new Workload(0, 1, 1, 1, 1, 1, 1)).hasMessageContaining("workload");
      assertThatThrownBy(() -> new Workload(1, 1, 1, 1, 1, 101, 1))
          .hasMessageContaining("1 to 100");
      assertThat(new Workload(1, 1, 1, 1, 1, 100, 1).conversations()).isEqualTo(100);
    }
  }
}
