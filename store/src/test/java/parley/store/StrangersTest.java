package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Approaches;
import parley.messaging.message.ClientId;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Messages;
import parley.messaging.message.Tails;
import parley.messaging.message.Written;

/// How many strangers one account may write to on a day.
class StrangersTest {
  private static final UserId ALICE = World.person(1);

  private final TestClock clock = new TestClock();
  private final World world = new World(TestTables.inMemory(), clock);
  private final Messages messages = server();

  /// One server, as there may be several: with nothing in memory.
  private Messages server() {
    return new Messages(
        world.log,
        world.log,
        new Tails(clock, World.told()),
        clock,
        world.clearings,
        world.blocks,
        new Approaches(new ApproachItems(world.table), Limits.STRANGERS_A_DAY),
        world.sweeper,
        (_, _) -> {});
  }

  private ConversationId with(int stranger) {
    return world.conversations.openDirect(ALICE, World.person(100 + stranger));
  }

  private Written write(Messages server, ConversationId id) {
    return server.send(ALICE, id, world.clientId(), World.text("hello"));
  }

  private void writeToAsManyAsMayBe() {
    for (int i = 0; i < Limits.STRANGERS_A_DAY; i++) {
      assertThat(write(messages, with(i))).as("stranger " + i).isInstanceOf(Written.Stored.class);
    }
  }

  private Duration untilTomorrow() {
    Instant tomorrow = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    return Duration.between(clock.instant(), tomorrow);
  }

  @Test
  void oneStrangerTooManyIsRefusedUntilTheDayIsOverOnEveryServer() {
    writeToAsManyAsMayBe();
    ConversationId tooMany = with(Limits.STRANGERS_A_DAY);
    ClientId clientId = world.clientId();
    Written refused = new Written.TooManyStrangers(untilTomorrow());
    assertThat(messages.send(ALICE, tooMany, clientId, World.text("hello"))).isEqualTo(refused);
    assertThat(write(server(), tooMany)).isEqualTo(refused);
    assertThat(world.log.after(tooMany, 0, 10, Consistency.STRONG)).isEmpty();
    world.drain();
    UserId other = World.person(100 + Limits.STRANGERS_A_DAY);
    assertThat(world.rows.row(new RowKey(other, tooMany))).isNull();
    clock.advance(untilTomorrow().minusMillis(1));
    assertThat(write(messages, tooMany))
        .isEqualTo(new Written.TooManyStrangers(Duration.ofMillis(1)));
    clock.advance(Duration.ofMillis(1));
    assertThat(messages.send(ALICE, tooMany, clientId, World.text("hello")))
        .as("the same attempt, a day later")
        .isInstanceOf(Written.Stored.class);
  }

  @Test
  void whoeverHasBeenTalkedToIsNoStranger() {
    ConversationId old = with(1_000);
    world.send(ALICE, old, "long ago");
    ConversationId asked = with(1_001);
    clock.advance(Duration.ofDays(2));
    writeToAsManyAsMayBe();
    // Those of today, who have not answered, that of before, and whoever wrote first.
    assertThat(write(messages, with(0))).isInstanceOf(Written.Stored.class);
    assertThat(write(messages, old)).isInstanceOf(Written.Stored.class);
    assertThat(write(messages, asked)).isInstanceOf(Written.TooManyStrangers.class);
    world.send(World.person(1_101), asked, "I was about to ask you");
    // This server has not heard of that: it looks before it refuses from what it remembers.
    clock.advance(Limits.ACCOUNT_STALENESS.plusMillis(1));
    assertThat(write(messages, asked)).isInstanceOf(Written.Stored.class);
  }

  @Test
  void whomOneApproachedIsKeptUntilTheDayAfter() {
    write(messages, with(0));
    Instant endOfToday = clock.instant().plus(untilTomorrow());
    assertThat(World.everythingIn(world.table))
        .contains("A#" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
        .contains("N=" + endOfToday.plus(Limits.APPROACHES_KEPT).getEpochSecond());
  }

  @Test
  void whatIsSentAgainCountsOnce() {
    writeToAsManyAsMayBe();
    ApproachItems items = new ApproachItems(world.table);
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    // An answer that was lost between the count and the entry, once there is no room for another.
    assertThat(
            items.approach(
                ALICE, with(3), day, Limits.STRANGERS_A_DAY, clock.instant().plusSeconds(60)))
        .isTrue();
    assertThat(
            items.approach(
                ALICE, with(999), day, Limits.STRANGERS_A_DAY, clock.instant().plusSeconds(60)))
        .isFalse();
    assertThat(items.approach(World.person(2), with(999), day, 1, clock.instant().plusSeconds(60)))
        .as("somebody else's day is theirs")
        .isTrue();
  }
}
