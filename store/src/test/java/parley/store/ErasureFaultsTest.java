package parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.engine.Engine;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.Account;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.Eraser;
import parley.messaging.erasure.Erasures;
import parley.messaging.erasure.Erasures.Status;
import parley.messaging.erasure.Receipts.Checked;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Whoever carries an erasure out is killed at each of its writes in turn, before and after it;
/// somebody else goes on.
class ErasureFaultsTest {
  /// Two who wrote to each other and to a third, and both go.
  private static final class Scene implements AutoCloseable {
    private final Engine engine = Engine.inMemory();
    final ErasureWorld people = new ErasureWorld(engine);
    final Account anna = people.signUp("anna_a", "Anna Unique");
    final Account bob = people.signUp("bobby_b", "Bob Unique");
    final Account carl = people.signUp("carl", "Carl");
    final ConversationId both = people.open(anna, bob);
    final ConversationId third = people.open(carl, anna);

    Scene() {
      World world = people.world;
      world.send(anna.id(), both, "annas-secret-one");
      world.send(bob.id(), both, "bobs-secret");
      world.messages.edit(anna.id(), both, world.clientId(), 1, World.text("annas-secret-two"));
      world.send(carl.id(), third, "carls own words");
      world.send(anna.id(), third, "annas-secret-three");
      people.open(bob, carl);
      people.signIn(anna, 1);
      people.signIn(bob, 2);
      people.audited(bob);
      for (ConversationId id : List.of(both, third)) {
        world.projector.project(id, world.log.after(id, 0, 100, Consistency.STRONG));
      }
    }

    void assertGone(String code, Account account, String where) {
      assertThat(people.claim(code))
          .as(where)
          .isInstanceOfSatisfying(
              Status.Done.class,
              done ->
                  assertThat(people.receipts.check(done.receipt()))
                      .isEqualTo(new Checked.Genuine(account.id())));
      assertThat(people.claim(code)).as(where).isInstanceOf(Status.Handed.class);
      assertThat(people.containing(account.id().value())).as(where).isEmpty();
      assertThat(people.ledger).as(where).contains(account.id());
    }

    DynamoDbClient client() {
      return engine.client();
    }

    @Override
    public void close() {
      engine.close();
    }

    void assertClean(String where) {
      assertThat(people.containing("Unique", "anna_", "bobby_", "annas-", "secret"))
          .as(where)
          .isEmpty();
      assertThat(people.world.rebuild().run(false).differences()).as(where).isEmpty();
      List<Entry> log = people.world.log.after(third, 0, 100, Consistency.STRONG);
      assertThat(((Entry.Message) log.getFirst()).text())
          .as(where)
          .isEqualTo(World.text("carls own words"));
      assertThat(log).as(where).hasSize(3);
    }
  }

  /// Works until the end, or the death, of who works.
  private static boolean work(Scene scene, Eraser eraser) {
    try {
      while (!scene.people.erasures().all(10).isEmpty()) {
        if (!eraser.work()) {
          scene.people.clock.advance(Duration.ofHours(1));
        }
      }
      return true;
    } catch (MortalClient.Killed e) {
      return false;
    }
  }

  @Test
  void killedAtAnyWriteSomebodyElseGoesOn() {
    long writes = 1;
    for (long at = 1; at <= writes; at++) {
      for (boolean happens : new boolean[] {false, true}) {
        String where = "killed at write " + at + (happens ? ", after it" : ", before it");
        try (Scene scene = new Scene()) {
          String annas = scene.people.ask(scene.anna);
          String bobs = scene.people.ask(scene.bob);
          MortalClient mortal = new MortalClient(scene.client(), at, happens);
          assertThat(work(scene, scene.people.eraser(mortal.client()))).as(where).isFalse();
          scene.people.finish();
          scene.assertGone(annas, scene.anna, where);
          scene.assertGone(bobs, scene.bob, where);
          scene.assertClean(where);
        }
      }
      if (at == 1) {
        writes = writesInPeace();
        assertThat(writes).isGreaterThan(40);
      }
    }
  }

  private static long writesInPeace() {
    try (Scene scene = new Scene()) {
      scene.people.ask(scene.anna);
      scene.people.ask(scene.bob);
      MortalClient client = new MortalClient(scene.client(), Long.MAX_VALUE, false);
      assertThat(work(scene, scene.people.eraser(client.client()))).isTrue();
      return client.writes();
    }
  }

  /// Asking and taking back die at each of their writes: the account is then erased, or it is not,
  /// as it says.
  @Test
  void askingIsDoneOrNotDone() {
    for (long at = 1; at <= 3; at++) {
      for (boolean happens : new boolean[] {false, true}) {
        try (Scene scene = new Scene()) {
          MortalClient mortal = new MortalClient(scene.client(), at, happens);
          Table table = TestTables.through(mortal.client(), scene.people.world.table);
          Erasures dying = scene.people.erasures(table, Duration.ofDays(1));
          try {
            dying.ask(scene.anna);
          } catch (MortalClient.Killed e) {
            // What it came to is looked at below.
          }
          Account after = scene.people.accounts.account(scene.anna.id());
          scene.people.finish();
          assertThat(scene.people.accounts.account(scene.anna.id()) == null)
              .as("write " + at + ", " + happens)
              .isEqualTo(after.erasedAt() != null);
        }
      }
    }
  }

  /// Whoever asks for another code dies at each of the writes, and asks once more: the receipt is
  /// there under what they were given in the end, and the erasure is what it was.
  @Test
  void anotherCodeIsGivenWhateverDied() {
    for (long at = 1; at <= 3; at++) {
      for (boolean happens : new boolean[] {false, true}) {
        try (Scene scene = new Scene()) {
          String where = "write " + at + ", " + happens;
          scene.people.erasures(Duration.ofDays(1)).ask(scene.anna);
          Account leaving = scene.people.accounts.account(scene.anna.id());
          MortalClient mortal = new MortalClient(scene.client(), at, happens);
          Table table = TestTables.through(mortal.client(), scene.people.world.table);
          assertThatThrownBy(
                  () -> scene.people.erasures(table, Duration.ofDays(1)).anotherCode(leaving))
              .as(where)
              .isInstanceOf(MortalClient.Killed.class);
          var again =
              (Erasures.Asked.Done) scene.people.erasures(Duration.ofDays(1)).anotherCode(leaving);
          scene.people.clock.advance(Duration.ofDays(1));
          scene.people.finish();
          scene.assertGone(again.code(), scene.anna, where);
        }
      }
    }
  }

  /// Asked again and again while the table fails: the last code that was given is the one that
  /// counts.
  @Test
  void whoIsGivenACodeCanClaimByIt() {
    for (long seed = 1; seed <= 10; seed++) {
      try (Scene scene = new Scene()) {
        scene.people.erasures(Duration.ofDays(1)).ask(scene.anna);
        Account leaving = scene.people.accounts.account(scene.anna.id());
        FaultyClient faulty = FaultyClient.of(scene.client(), seed, 0.3);
        Table table = TestTables.through(faulty.client(), scene.people.world.table);
        String code = null;
        for (int i = 0; i < 8; i++) {
          try {
            if (scene.people.erasures(table, Duration.ofDays(1)).anotherCode(leaving)
                instanceof Erasures.Asked.Done(var _, String given)) {
              code = given;
            }
          } catch (StoreUnavailable e) {
            // Asked again below.
            code = null;
          }
        }
        if (code == null) {
          code = given(scene.people.erasures(Duration.ofDays(1)).anotherCode(leaving));
        }
        assertThat(scene.people.claim(code))
            .as("seed " + seed)
            .isInstanceOf(Erasures.Status.UnderWay.class);
        scene.people.clock.advance(Duration.ofDays(1));
        scene.people.finish();
        scene.assertGone(code, scene.anna, "seed " + seed);
      }
    }
  }

  private static String given(Erasures.Asked asked) {
    return ((Erasures.Asked.Done) asked).code();
  }

  /// Throttles, time-outs before and after the effect, and doubled requests, from a seed.
  @Test
  void faultsThatPassHoldItUpAndNoMore() {
    for (long seed = 1; seed <= 5; seed++) {
      try (Scene scene = new Scene()) {
        String annas = scene.people.ask(scene.anna);
        String bobs = scene.people.ask(scene.bob);
        FaultyClient faulty = FaultyClient.of(scene.client(), seed, 0.2);
        Eraser eraser = scene.people.eraser(faulty.client());
        for (int i = 0; i < 2_000 && !scene.people.erasures().all(10).isEmpty(); i++) {
          try {
            if (!eraser.work()) {
              scene.people.clock.advance(Duration.ofMinutes(30));
            }
          } catch (StoreUnavailable e) {
            // Whoever works waits, and tries again when the lease is over.
            scene.people.clock.advance(Duration.ofMinutes(2));
          }
        }
        assertThat(faulty.faults()).isGreaterThan(5);
        scene.assertGone(annas, scene.anna, "seed " + seed);
        scene.assertGone(bobs, scene.bob, "seed " + seed);
        scene.assertClean("seed " + seed);
      }
    }
  }
}
