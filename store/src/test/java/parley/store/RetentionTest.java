package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxRow.Setting;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Stamped;
import parley.messaging.message.History;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Written;
import parley.messaging.report.Reason;
import parley.messaging.report.Reports;

/// Messages vanish when their time is over: at once for whoever reads, whatever the table holds.
class RetentionTest {
  private static final UserId ANN = World.person(1);
  private static final UserId BEN = World.person(2);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LAST = Duration.ofMillis(1);

  private final TestClock clock = new TestClock();
  private final World world = new World(TestTables.inMemory(), clock);
  private final ConversationId id = world.conversations.openDirect(ANN, BEN);

  private Entry.Retention keep(UserId by, int days) {
    Written written = world.messages.retain(by, id, world.clientId(), days);
    return (Entry.Retention) ((Written.Stored) written).entry();
  }

  private static List<Stamped> items(History history) {
    return ((History.Page) history).items();
  }

  private List<Long> newest(World of, UserId reader) {
    return items(of.messages.newest(reader, id, 50)).stream().map(Entry::seq).toList();
  }

  private List<Stamped> after(UserId reader, long seq) {
    return items(world.messages.after(reader, id, seq, 50));
  }

  private static List<Long> vanished(List<Stamped> items) {
    return items.stream()
        .filter(
            item -> item instanceof Entry.Other other && other.kind().equals(Entry.Other.VANISHED))
        .map(Entry::seq)
        .toList();
  }

  private InboxRow row(UserId user) {
    return row(world, user);
  }

  private InboxRow row(World of, UserId user) {
    return Objects.requireNonNull(of.rows.row(new RowKey(user, id))).seen(of.vanishing);
  }

  private void assertRebuildAgrees() {
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  @Test
  void messagesVanishAsWasSaidWhenTheyWereSent() {
    world.send(ANN, id, "before, for good");
    keep(BEN, 1);
    world.send(ANN, id, "for a day");
    keep(ANN, 7);
    world.send(BEN, id, "for a week");
    keep(ANN, 0);
    world.send(BEN, id, "for good again");
    world.drain();
    assertThat(newest(world, BEN)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    clock.advance(DAY.minus(LAST));
    assertThat(newest(world, ANN)).contains(3L);
    clock.advance(LAST);
    assertThat(newest(world, ANN)).as("to the millisecond").doesNotContain(3L).contains(5L);
    assertThat(vanished(after(BEN, 0))).containsExactly(3L);
    clock.advance(DAY.multipliedBy(6).minus(LAST));
    assertThat(newest(world, ANN)).contains(5L);
    clock.advance(LAST);
    assertThat(newest(world, BEN)).containsExactly(1L, 2L, 4L, 6L, 7L);
    assertThat(vanished(after(ANN, 0))).containsExactly(3L, 5L);
    clock.advance(Duration.ofDays(9_999));
    assertThat(newest(world, BEN)).containsExactly(1L, 2L, 4L, 6L, 7L);
    assertRebuildAgrees();
  }

  @Test
  void bothSeeWhoSaidSoAndTheRowKnowsTheSetting() {
    world.send(ANN, id, "one");
    Entry.Retention said = keep(BEN, 30);
    assertThat(said.seq()).isEqualTo(2);
    assertThat(after(ANN, 1)).containsExactly(said);
    assertThat(after(BEN, 1)).containsExactly(said);
    world.drain();
    assertThat(row(ANN).setting()).isEqualTo(new Setting(30, 2, 1));
    assertThat(row(BEN).setting()).isEqualTo(new Setting(30, 2, 1));
    assertThat(row(ANN).unread()).as("it is no message").isZero();
    assertThat(row(BEN).unread()).isEqualTo(1);
  }

  @Test
  void sayingItTwiceUnderOneClientIdSaysItOnce() {
    world.send(ANN, id, "one");
    ClientId clientId = world.clientId();
    Written first = world.messages.retain(ANN, id, clientId, 7);
    assertThat(world.restarted().messages.retain(ANN, id, clientId, 7))
        .isEqualTo(new Written.Already(((Written.Stored) first).entry()));
    assertThat(world.messages.retain(ANN, id, clientId, 8)).isEqualTo(new Written.ClientIdReused());
  }

  @Test
  void nothingIsKeptWhereNothingIsWrittenAndOthersSayNothing() {
    assertThat(world.messages.retain(ANN, id, world.clientId(), 7))
        .isEqualTo(new Written.NothingWritten());
    world.send(ANN, id, "one");
    assertThat(world.messages.retain(World.person(3), id, world.clientId(), 7))
        .isEqualTo(new Written.NoConversation());
  }

  @Test
  void theRowOfAVanishedMessageSaysNothingAndIsNotUnread() {
    world.send(ANN, id, "one");
    world.send(ANN, id, "two");
    keep(ANN, 1);
    world.send(ANN, id, "three");
    world.send(ANN, id, "four");
    world.drain();
    assertThat(row(BEN).unread()).isEqualTo(4);
    clock.advance(DAY.minus(LAST));
    assertThat(row(BEN).last().preview()).isEqualTo("four");
    clock.advance(LAST);
    assertThat(row(BEN).last().preview()).isNull();
    assertThat(row(BEN).last().vanished()).isTrue();
    assertThat(row(BEN).last().seq()).as("its place and number stay").isEqualTo(5);
    assertThat(row(BEN).unread()).as("those from before the setting").isEqualTo(2);
    assertThat(world.inbox.markRead(BEN, id, 2))
        .isInstanceOfSatisfying(
            parley.messaging.inbox.Read.Marked.class, it -> assertThat(it.unread()).isZero());
    world.send(ANN, id, "five");
    world.drain();
    assertThat(row(BEN).last().preview()).isEqualTo("five");
    assertThat(row(BEN).last().vanished()).isFalse();
  }

  @Test
  void whatHasVanishedIsNeitherEditedNorUnsentNorReported() {
    world.send(BEN, id, "one");
    keep(BEN, 1);
    Entry.Message three = world.send(ANN, id, "vanishes");
    clock.advance(DAY.minus(LAST));
    world.messages.edit(ANN, id, world.clientId(), three.seq(), World.text("vanishes, edited"));
    world.drain();
    clock.advance(LAST);
    assertThat(vanished(after(BEN, 0))).as("with its edits").containsExactly(3L, 4L);
    assertThat(world.messages.edit(ANN, id, world.clientId(), 3, World.text("more")))
        .isEqualTo(new Written.NoMessage());
    assertThat(world.messages.unsend(ANN, id, world.clientId(), 3))
        .isEqualTo(new Written.NoMessage());
    Reports reports =
        new Reports(new ReportItems(world.table), world.messages, new Secret(new byte[32]), clock);
    assertThat(reports.report(BEN, id, world.clientId(), 3, Reason.OTHER))
        .isEqualTo(new Reports.Made.NoMessage());
    assertThat(world.table).satisfies(table -> assertThat(reports.page(null).items()).isEmpty());
  }

  @Test
  void theDeploymentsDaysHoldForAllThatThereIsAndTheShorterHolds() {
    world.send(ANN, id, "long ago");
    world.drain();
    clock.advance(Duration.ofDays(8));
    keep(ANN, 30);
    world.send(ANN, id, "for a month, they say");
    world.drain();
    World strict = new World(world.table, clock, 10);
    assertThat(newest(strict, BEN)).containsExactly(1L, 2L, 3L);
    clock.advance(Duration.ofDays(2));
    assertThat(newest(strict, BEN)).containsExactly(2L, 3L);
    assertThat(newest(world, BEN)).as("elsewhere nothing has").containsExactly(1L, 2L, 3L);
    clock.advance(Duration.ofDays(8));
    assertThat(newest(strict, BEN)).as("nothing older is left either").isEmpty();
    assertThat(row(strict, BEN).last().preview()).as("a row written before").isNull();
    assertThat(row(strict, BEN).unread()).isZero();
    assertThat(row(world, BEN).unread()).isEqualTo(2);
  }

  @Test
  void manyThatHaveVanishedAreSteppedOver() {
    for (int i = 0; i < 5; i++) {
      world.send(ANN, id, "for good");
    }
    keep(ANN, 1);
    for (int i = 0; i < 300; i++) {
      world.send(BEN, id, "for a day");
    }
    clock.advance(DAY);
    world.send(ANN, id, "just now");
    UnitMeter meter = new UnitMeter();
    World reader =
        new World(
            new Table(TestTables.engine().client(), world.table.name(), Capabilities.ALL, meter),
            clock);
    History.Page page = (History.Page) reader.messages.newest(BEN, id, 20);
    assertThat(page.items()).extracting(Entry::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 307L);
    assertThat(page.older()).isNull();
    assertThat(meter.reads()).as("not one for each that is not shown").isLessThan(8);
  }

  @Test
  void aPageThatWouldTakeTooLongIsShorterAndSaysWhereToGoOn() {
    world.send(ANN, id, "for good");
    // One setting after the other: each is a layer of its own.
    int layers = 3 * Limits.HISTORY_LOOKS;
    for (int i = 0; i < layers; i++) {
      world.messages.retain(ANN, id, world.clientId(), 1);
      world.send(ANN, id, "for a day");
    }
    clock.advance(DAY);
    List<Long> seen = new ArrayList<>();
    Long before = Long.MAX_VALUE;
    int pages = 0;
    while (before != null) {
      History.Page page = (History.Page) world.messages.before(BEN, id, before, 1);
      page.items().forEach(item -> seen.add(item.seq()));
      before = page.older();
      pages++;
    }
    assertThat(seen).hasSize(layers + 1).contains(1L);
    assertThat(pages).isLessThanOrEqualTo(2 * layers);
  }

  @Test
  void whatABlockedPersonSaysHoldsForWhatTheyWriteThemselves() {
    world.send(ANN, id, "one");
    world.send(BEN, id, "two");
    world.blocks.block(ANN, BEN);
    clock.advance(Limits.DECISION_STALENESS.plusSeconds(1));
    keep(BEN, 1);
    world.send(BEN, id, "is hidden");
    world.send(ANN, id, "stays");
    world.drain();
    assertThat(newest(world, ANN)).containsExactly(1L, 2L, 5L);
    assertThat(row(ANN).setting()).isEqualTo(Setting.NONE);
    assertThat(row(BEN).setting().days()).isEqualTo(1);
    assertRebuildAgrees();
    clock.advance(DAY);
    assertThat(newest(world, ANN)).containsExactly(1L, 2L, 5L);
    assertThat(newest(world, BEN)).as("as they were told").containsExactly(1L, 2L, 3L, 5L);
  }

  @Test
  void everyOrderOfDeliveryEndsInTheSameRows() {
    Random random = new Random(22);
    for (int run = 0; run < 30; run++) {
      UserId other = World.person(1_000 + run);
      ConversationId with = world.conversations.openDirect(ANN, other);
      world.send(ANN, with, "one");
      world.messages.retain(other, with, world.clientId(), 7);
      world.send(other, with, "two");
      world.messages.retain(ANN, with, world.clientId(), 0);
      world.messages.edit(other, with, world.clientId(), 3, World.text("two, edited"));
      world.messages.retain(ANN, with, world.clientId(), 90);
      List<Entry> entries = new ArrayList<>(world.log.after(with, 0, 100, Consistency.STRONG));
      entries.addAll(entries.subList(random.nextInt(6), 6));
      Collections.shuffle(entries, random);
      while (!entries.isEmpty()) {
        List<Entry> batch = entries.subList(0, 1 + random.nextInt(entries.size()));
        assertThat(world.projector.project(with, batch)).isEmpty();
        batch.clear();
      }
      InboxRow row = Objects.requireNonNull(world.rows.row(new RowKey(ANN, with)));
      assertThat(row.setting()).as("run " + run).isEqualTo(new Setting(90, 6, 2));
      assertThat(row.last().preview()).isEqualTo("two, edited");
      assertThat(row.last().days()).isEqualTo(7);
    }
    assertRebuildAgrees();
  }
}
