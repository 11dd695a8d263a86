package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import parley.engine.Engine;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Vanishing;
import parley.messaging.message.Written;
import parley.messaging.retention.Sweep;
import parley.messaging.retention.Sweeper;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The texts of what has vanished leave the table, whoever dies meanwhile, and the numbers stay.
class SweepTest {
  private static final UserId ANN = World.person(1);
  private static final UserId BEN = World.person(2);
  private static final Duration DAY = Duration.ofDays(1);

  /// Two who write: some of it vanishes after a day, in every form that a text can have.
  private static final class Scene implements AutoCloseable {
    final Engine engine = Engine.inMemory();
    final TestClock clock = new TestClock();
    final World world;
    final ConversationId id;
    final ClientId sent;

    Scene(int retentionDays) {
      new TableAdmin(engine.client(), TableDesign.TABLE, Capabilities.ALL)
          .ensure(new TableAdmin.Capacity.OnDemand());
      world = new World(table(engine.client()), clock, retentionDays);
      id = world.conversations.openDirect(ANN, BEN);
      world.send(ANN, id, "this stays for good");
      world.messages.retain(BEN, id, world.clientId(), 1);
      sent = world.clientId();
      world.messages.send(ANN, id, sent, World.text("gone-one"));
      world.messages.edit(ANN, id, world.clientId(), 3, World.text("gone-two"));
      world.send(BEN, id, "gone-three");
      project();
      // An edit that only its author sees, of a message that both do.
      world.blocks.block(ANN, BEN);
      clock.advance(Limits.DECISION_STALENESS.plusSeconds(1));
      world.messages.edit(BEN, id, world.clientId(), 5, World.text("gone-four"));
      world.send(BEN, id, "gone-five");
      project();
    }

    Table table(DynamoDbClient client) {
      return new Table(client, TableDesign.TABLE, Capabilities.ALL, Units.IGNORED);
    }

    void project() {
      List<Entry> page = List.of();
      do {
        long after = page.isEmpty() ? 0 : page.getLast().seq();
        page = world.log.after(id, after, 100, Consistency.STRONG);
        assertThat(world.projector.project(id, page)).isEmpty();
      } while (!page.isEmpty());
    }

    Sweeper sweeper(DynamoDbClient client) {
      SweepItems items = new SweepItems(table(client));
      return new Sweeper(items, items, world.vanishing, clock);
    }

    /// Works until nothing is due.
    void sweep() {
      for (int pieces = 0; world.sweeper.work(); pieces++) {
        assertThat(pieces).isLessThan(100);
      }
    }

    String everything() {
      StringBuilder all = new StringBuilder();
      engine
          .client()
          .scanPaginator(r -> r.tableName(TableDesign.TABLE).consistentRead(true))
          .items()
          .forEach(item -> all.append(item).append('\n'));
      return all.toString();
    }

    void assertSwept(String where) {
      assertThat(everything()).as(where).doesNotContain("gone").contains("this stays for good");
      List<Entry> log = world.log.after(id, 0, 100, Consistency.STRONG);
      assertThat(log).as(where).hasSize(7);
      assertThat(log).as(where).noneMatch(Entry.Unreadable.class::isInstance);
      assertThat(world.rebuild().run(false).differences()).as(where).isEmpty();
      assertThat(world.rows.row(new RowKey(BEN, id)).own().seq()).as(where).isEqualTo(7);
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  @Test
  void noTextIsLeftAndEveryNumberIs() {
    try (Scene scene = new Scene(Vanishing.FOREVER)) {
      assertThat(scene.world.sweeper.work()).as("nothing is due yet").isFalse();
      String before = scene.everything();
      assertThat(before).contains("gone-two", "gone-three", "gone-four", "gone-five");
      scene.clock.advance(DAY);
      assertThat(scene.world.rebuild().run(false).differences()).isEmpty();
      scene.sweep();
      scene.assertSwept("");
      // What comes by once more finds nothing to say, and brings nothing back.
      scene.project();
      scene.assertSwept("projected again");
      assertThat(scene.world.sweeper.work()).as("a day later, not before").isFalse();
    }
  }

  @Test
  void aRepeatedAttemptIsRecognisedThoughItsTextIsGone() {
    try (Scene scene = new Scene(Vanishing.FOREVER)) {
      scene.clock.advance(DAY);
      scene.sweep();
      World another = scene.world.restarted();
      assertThat(another.messages.send(ANN, scene.id, scene.sent, World.text("gone-one")))
          .isInstanceOfSatisfying(
              Written.Already.class, it -> assertThat(it.entry().seq()).isEqualTo(3));
      assertThat(scene.everything()).doesNotContain("gone");
    }
  }

  @Test
  void anEditThatIsProjectedTooLateBringsNoTextBack() {
    try (Scene scene = new Scene(Vanishing.FOREVER)) {
      World world = scene.world;
      world.blocks.unblock(ANN, BEN);
      scene.clock.advance(Limits.DECISION_STALENESS.plusSeconds(1));
      Entry.Message last = world.send(BEN, scene.id, "gone-six");
      scene.project();
      world.messages.edit(BEN, scene.id, world.clientId(), last.seq(), World.text("gone-seven"));
      List<Entry> late = world.log.after(scene.id, last.seq(), 10, Consistency.STRONG);
      scene.clock.advance(DAY);
      scene.sweep();
      world.projector.project(scene.id, late);
      assertThat(((Entry.Message) world.log.entry(scene.id, last.seq())).text()).isNull();
      assertThat(world.rows.row(new RowKey(ANN, scene.id)).seen(world.vanishing).last().preview())
          .isNull();
      assertThat(world.rebuild().run(false).differences()).isEmpty();
      scene.clock.advance(DAY);
      scene.sweep();
      assertThat(scene.everything()).doesNotContain("gone");
      assertThat(world.rebuild().run(false).differences()).isEmpty();
    }
  }

  @Test
  void killedAtAnyWriteSomebodyElseGoesOn() {
    long writes = 1;
    for (long at = 1; at <= writes; at++) {
      for (boolean happens : new boolean[] {false, true}) {
        String where = "killed at write " + at + (happens ? ", after it" : ", before it");
        try (Scene scene = new Scene(Vanishing.FOREVER)) {
          scene.clock.advance(DAY);
          MortalClient mortal = new MortalClient(scene.engine.client(), at, happens);
          try {
            Sweeper dying = scene.sweeper(mortal.client());
            while (dying.work()) {
              // Until it dies, or all is done.
            }
          } catch (MortalClient.Killed e) {
            // As it should be.
          }
          assertThat(scene.world.rebuild().run(false).differences()).as(where).isEmpty();
          scene.clock.advance(Limits.RETENTION_LEASE);
          scene.sweep();
          scene.assertSwept(where);
        }
      }
      if (at == 1) {
        try (Scene scene = new Scene(Vanishing.FOREVER)) {
          scene.clock.advance(DAY);
          MortalClient immortal = new MortalClient(scene.engine.client(), Long.MAX_VALUE, true);
          Sweeper whole = scene.sweeper(immortal.client());
          while (whole.work()) {
            // To the end: how many writes that takes.
          }
          writes = immortal.writes();
          assertThat(writes).isGreaterThan(6);
        }
      }
    }
  }

  @Test
  void aPieceIsLeftAloneWhileSomebodyWorksOnIt() {
    try (Scene scene = new Scene(Vanishing.FOREVER)) {
      scene.clock.advance(DAY);
      MortalClient mortal = new MortalClient(scene.engine.client(), 2, false);
      try {
        scene.sweeper(mortal.client()).work();
      } catch (MortalClient.Killed e) {
        // It has the piece, and does nothing with it.
      }
      assertThat(scene.world.sweeper.work()).isFalse();
      scene.clock.advance(Limits.RETENTION_LEASE.minusMillis(1));
      assertThat(scene.world.sweeper.work()).isFalse();
      scene.clock.advance(Duration.ofMillis(1));
      assertThat(scene.world.sweeper.work()).isTrue();
    }
  }

  @Test
  void theDeploymentsDaysAreSweptWithoutAnybodySayingSo() {
    try (Scene scene = new Scene(3)) {
      scene.clock.advance(Duration.ofDays(3));
      scene.sweep();
      assertThat(scene.everything()).doesNotContain("gone", "this stays for good");
      assertThat(scene.world.rebuild().run(false).differences()).isEmpty();
    }
  }

  @Test
  void itRestsOnceNothingVanishesAnyMore() {
    try (Scene scene = new Scene(Vanishing.FOREVER)) {
      scene.world.messages.retain(ANN, scene.id, scene.world.clientId(), 0);
      scene.world.blocks.unblock(ANN, BEN);
      scene.clock.advance(Limits.DECISION_STALENESS.plusSeconds(1));
      scene.world.messages.retain(BEN, scene.id, scene.world.clientId(), 0);
      scene.project();
      Sweep sweep = null;
      for (int day = 0; day < 4; day++) {
        scene.clock.advance(DAY);
        scene.sweep();
        sweep = Objects.requireNonNull(scene.world.sweeps.sweep());
      }
      assertThat(sweep.nextAt()).isNull();
      scene.clock.advance(Duration.ofDays(100));
      assertThat(scene.world.sweeper.work()).isFalse();
      scene.world.messages.retain(ANN, scene.id, scene.world.clientId(), 1);
      Instant wanted = scene.clock.instant();
      assertThat(Objects.requireNonNull(scene.world.sweeps.sweep()).nextAt())
          .isEqualTo(wanted.plus(Limits.RETENTION_SWEEP_EVERY));
      scene.world.send(ANN, scene.id, "gone again");
      scene.project();
      scene.clock.advance(DAY);
      scene.sweep();
      assertThat(scene.everything()).doesNotContain("gone");
    }
  }

  @Test
  void aSweepDoesNotRestWhileAConversationSaysThatMessagesVanish() {
    try (Scene scene = new Scene(Vanishing.FOREVER)) {
      for (int day = 0; day < 5; day++) {
        scene.clock.advance(DAY);
        scene.sweep();
      }
      assertThat(Objects.requireNonNull(scene.world.sweeps.sweep()).nextAt()).isNotNull();
      scene.world.send(ANN, scene.id, "gone later");
      scene.project();
      scene.clock.advance(DAY);
      scene.clock.advance(DAY);
      scene.sweep();
      assertThat(scene.everything()).doesNotContain("gone later");
    }
  }

  @Test
  void manyPiecesCoverTheWholeTable() {
    try (Scene scene = new Scene(Vanishing.FOREVER)) {
      int count = Limits.RETENTION_PIECE + 10;
      for (int i = 0; i < count; i++) {
        scene.world.send(ANN, scene.id, "gone " + i);
      }
      scene.project();
      scene.clock.advance(DAY);
      int pieces = 0;
      while (scene.world.sweeper.work()) {
        pieces++;
      }
      assertThat(pieces).isGreaterThanOrEqualTo(2);
      assertThat(scene.everything()).doesNotContain("gone");
      assertThat(scene.world.rebuild().run(false).differences()).isEmpty();
    }
  }
}
