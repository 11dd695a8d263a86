package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.messaging.Hearing;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Messages;
import parley.messaging.message.Tails;
import parley.messaging.message.Written;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// Appends by processes that nobody tells what others append, as instances of a function are.
class UnheardEndsTest {
  private static final UserId ALICE = World.person(1);
  private static final UserId BOB = World.person(2);

  private final TestClock clock = new TestClock();
  private final LongAdder looks = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private final World world =
      new World(
          new Table(
              TestTables.engine().client(),
              TestTables.inMemory().name(),
              Capabilities.ALL,
              new Counted()),
          clock);

  private final ConversationId id = world.conversations.openDirect(ALICE, BOB);
  private final Messages one = instance(new Hearing());
  private final Messages other = instance(new Hearing());

  private final class Counted implements Units {
    @Override
    public void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed) {
      if (pattern == AccessPattern.LOG_AFTER) {
        looks.increment();
      }
    }

    @Override
    public void refused(AccessPattern pattern) {
      refusals.increment();
    }
  }

  private Messages instance(Hearing hearing) {
    return new Messages(
        world.log,
        world.log,
        new Tails(clock, hearing),
        clock,
        world.clearings,
        world.blocks,
        world.approaches,
        world.sweeper,
        (_, _) -> {});
  }

  private void send(Messages instance, UserId from) {
    assertThat(instance.send(from, id, world.clientId(), World.text("hello")))
        .isInstanceOf(Written.Stored.class);
  }

  /// How often a send by this instance looks for what others appended.
  private long looksOf(Messages instance, UserId from) {
    long before = looks.sum();
    send(instance, from);
    return looks.sum() - before;
  }

  @Test
  void whoAnswersElsewhereIsSeenBeforeTheWrite() {
    send(one, ALICE);
    for (int i = 0; i < 10; i++) {
      clock.advance(Limits.TAIL_UNHEARD.plusMillis(1));
      send(other, BOB);
      clock.advance(Limits.TAIL_UNHEARD.plusMillis(1));
      send(one, ALICE);
    }
    assertThat(refusals.sum()).isZero();
    assertThat(world.log.after(id, 0, 100, Consistency.STRONG)).hasSize(21);
  }

  @Test
  void aBurstLooksOnce() {
    send(one, ALICE);
    for (int i = 0; i < 5; i++) {
      clock.advance(Limits.TAIL_UNHEARD);
      assertThat(looksOf(one, ALICE)).as("within a second of the one before").isZero();
    }
    clock.advance(Limits.TAIL_UNHEARD.plusMillis(1));
    assertThat(looksOf(one, ALICE)).isOne();
    assertThat(looksOf(one, ALICE)).as("it has just looked").isZero();
  }

  /// Two within a second still end right: the second finds out by a refused write.
  @Test
  void whoIsQuickerIsNotOverwritten() {
    send(one, ALICE);
    send(other, BOB);
    send(one, ALICE);
    assertThat(refusals.sum()).isOne();
    assertThat(world.log.after(id, 0, 100, Consistency.STRONG)).hasSize(3);
  }

  @Test
  void whoIsToldNeverLooks() {
    Hearing hearing = new Hearing();
    // However late: one server's own writes are most of what it needs to know.
    hearing.follow(() -> Duration.ofHours(1));
    Messages server = instance(hearing);
    send(server, ALICE);
    clock.advance(Duration.ofMinutes(5));
    assertThat(looksOf(server, ALICE)).isZero();
  }
}
