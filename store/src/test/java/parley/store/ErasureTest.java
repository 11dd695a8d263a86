package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.messaging.block.Block;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.Eraser;
import parley.messaging.erasure.Erasures;
import parley.messaging.erasure.Erasures.Status;
import parley.messaging.erasure.Receipts.Checked;
import parley.messaging.inbox.Folder;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Written;

/// An account goes, and everything with it.
class ErasureTest {
  private final ErasureWorld people = new ErasureWorld();
  private final World world = people.world;
  private final Account anna = people.signUp("anna_a", "Anna Unique");
  private final Account bob = people.signUp("bobby_b", "Bob");
  private final Account carl = people.signUp("carl", "Carl");
  private final ConversationId withBob = people.open(anna, bob);

  /// Anna and Bob write, edit and unsend; Carl opens a conversation and never writes; sessions, a
  /// line of the audit trail.
  private void live() {
    people.open(carl, anna);
    world.send(anna.id(), withBob, "annas-secret-one");
    world.send(bob.id(), withBob, "bobs-answer");
    Entry.Message edited = world.send(anna.id(), withBob, "annas-secret-two");
    world.messages.edit(
        anna.id(), withBob, world.clientId(), edited.seq(), World.text("annas-secret-three"));
    Entry.Message unsent = world.send(anna.id(), withBob, "annas-secret-four");
    world.messages.unsend(anna.id(), withBob, world.clientId(), unsent.seq());
    world.send(anna.id(), withBob, "annas-secret-five");
    people.signIn(anna, 1);
    people.signIn(anna, 2);
    people.signIn(bob, 3);
    people.audited(anna);
    // Blocks either way, and a handle of before that is kept for her.
    BlockItems blocks = new BlockItems(world.table);
    blocks.block(anna.id(), new Block(carl.id(), people.clock.instant()));
    blocks.block(bob.id(), new Block(anna.id(), people.clock.instant()));
    people.accounts.claim(new Handle("anna_before"), anna.id(), people.clock.instant(), null);
    world.drain();
  }

  private static final String[] TRACES = {"Anna Unique", "anna_", "annas-secret"};

  private void assertNothingIsLeft() {
    assertThat(people.containing(anna.id().value())).isEmpty();
    assertThat(people.containing(TRACES)).isEmpty();
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  @Test
  void nothingOfThemIsLeftAndOthersKeepWhatIsTheirs() {
    live();
    String code = people.ask(anna);
    people.finish();
    world.drain();
    assertNothingIsLeft();
    List<Entry> log = world.log.after(withBob, 0, 100, Consistency.STRONG);
    assertThat(log).hasSize(8);
    assertThat(((Entry.Message) log.get(1)).text()).isEqualTo(World.text("bobs-answer"));
    assertThat(((Entry.Message) log.get(1)).from()).isEqualTo(bob.id());
    for (int seq : new int[] {1, 3, 5, 7}) {
      assertThat((Entry.Message) log.get(seq - 1))
          .as("entry " + seq)
          .satisfies(message -> {
            assertThat(message.seq()).isEqualTo(seq);
            assertThat(message.text()).isNull();
            assertThat(message.from()).isEqualTo(UserId.NOBODY);
          });
    }
    assertThat(log.get(3)).isInstanceOf(Entry.Unsend.class);
    InboxRow row = world.rows.row(new RowKey(bob.id(), withBob));
    assertThat(row.peer()).isEqualTo(UserId.NOBODY);
    assertThat(row.last().from()).isEqualTo(UserId.NOBODY);
    assertThat(row.last().preview()).isNull();
    assertThat(people.claim(code)).isInstanceOf(Status.Done.class);
  }

  @Test
  void whatIsUnderWayIsRefusedBehindTheDeparture() {
    live();
    people.ask(anna);
    people.finish();
    // A server that has not heard of anything yet still believes that she is in.
    assertThat(world.messages.send(anna.id(), withBob, world.clientId(), World.text("late")))
        .isEqualTo(new Written.NoConversation());
    assertThat(
            world
                .restarted()
                .messages
                .send(bob.id(), withBob, world.clientId(), World.text("hello?")))
        .isEqualTo(new Written.NobodyThere());
    assertThat(people.erasures().ask(anna))
        .as("nobody is erased twice")
        .isEqualTo(new Erasures.Asked.Already());
  }

  @Test
  void aConversationWhoseRowIsNotThereYetIsFoundAllTheSame() {
    world.send(anna.id(), withBob, "annas-secret-unprojected");
    people.drained =
        () -> {
          world.drain();
          return true;
        };
    people.ask(anna);
    people.finish();
    world.drain();
    assertNothingIsLeft();
  }

  @Test
  void aLateProjectionIsFoundByTheLastReading() {
    live();
    InboxRow stale = world.rows.row(new RowKey(bob.id(), withBob));
    people.ask(anna);
    Eraser eraser = people.eraser();
    while (eraser.work()
        || people
            .erasures()
            .all(1)
            .getFirst()
            .nextAt()
            .isBefore(people.clock.instant().plus(Duration.ofHours(1)))) {
      people.clock.advance(Duration.ofSeconds(30));
    }
    // A process that stood still for an hour writes what it had in hand.
    world.rows.repair(stale);
    assertThat(people.containing(TRACES)).isNotEmpty();
    people.finish();
    assertThat(people.containing(TRACES)).isEmpty();
    assertThat(people.containing(anna.id().value())).isEmpty();
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  @Test
  void twoWhoWroteToEachOtherBothGo() {
    live();
    people.ask(anna);
    people.ask(bob);
    people.finish();
    world.drain();
    assertNothingIsLeft();
    assertThat(people.containing(bob.id().value(), "bobs-answer", "bobby_")).isEmpty();
    assertThat(world.log.after(withBob, 0, 100, Consistency.STRONG)).hasSize(9);
  }

  @Test
  void itCanBeTakenBackUntilItBegins() {
    live();
    var asked = (Erasures.Asked.Done) people.erasures(Duration.ofDays(7)).ask(anna);
    Account leaving = people.accounts.facts(anna.id()).account();
    assertThat(leaving.erasedAt()).isEqualTo(asked.dueAt());
    assertThat(people.eraser().work()).as("it is not due").isFalse();
    assertThat(people.erasures().takeBack(leaving)).isTrue();
    assertThat(people.claim(asked.code())).isEqualTo(new Status.Unknown());
    people.clock.advance(Duration.ofDays(8));
    assertThat(people.eraser().work()).isFalse();
    assertThat(people.accounts.facts(anna.id()).account().erasedAt()).isNull();
    assertThat(people.erasures().takeBack(anna)).as("nothing to take back").isFalse();
    people.ask(anna);
    assertThat(people.eraser().work()).isTrue();
    assertThat(people.erasures().takeBack(leaving)).as("it has begun").isFalse();
    assertThat(people.accounts.facts(anna.id())).isNull();
    assertThat(people.accounts.account(anna.id())).isNull();
  }

  @Test
  void whoLostTheAnswerAsksAgainAndTheReceiptComesToTheLastCode() {
    live();
    Erasures erasures = people.erasures(Duration.ofDays(7));
    var asked = (Erasures.Asked.Done) erasures.ask(anna);
    Account leaving = people.accounts.facts(anna.id()).account();
    assertThat(erasures.ask(leaving)).isEqualTo(new Erasures.Asked.Already());
    people.clock.advance(Duration.ofDays(3));
    String first = asked.code();
    for (int i = 0; i < 3; i++) {
      var again = (Erasures.Asked.Done) erasures.anotherCode(leaving);
      assertThat(again.dueAt()).as("it is not put off").isEqualTo(asked.dueAt());
      assertThat(people.claim(first)).isEqualTo(new Status.Unknown());
      assertThat(people.claim(again.code())).isInstanceOf(Status.UnderWay.class);
      first = again.code();
    }
    assertThat(erasures.all(10)).hasSize(1);
    people.clock.advance(Duration.ofDays(4));
    assertThat(people.eraser().work()).isTrue();
    assertThat(erasures.anotherCode(leaving))
        .as("it has begun")
        .isEqualTo(new Erasures.Asked.Already());
    people.finish();
    String receipt = ((Status.Done) people.claim(first)).receipt();
    assertThat(people.receipts.check(receipt)).isEqualTo(new Checked.Genuine(anna.id()));
    assertThat(people.claim(asked.code())).isEqualTo(new Status.Unknown());
    assertNothingIsLeft();
    assertThat(erasures.anotherCode(bob)).isEqualTo(new Erasures.Asked.Already());
  }

  @Test
  void aJobThatNoAccountSpeaksOfEndsByItself() {
    var asked = (Erasures.Asked.Done) people.erasures(Duration.ofDays(1)).ask(anna);
    // Taken back, by a process that died between the two writes.
    new PersonalItems(world.table, people.clock).announce(anna.id(), null);
    people.clock.advance(Duration.ofDays(2));
    people.finish();
    assertThat(people.accounts.account(anna.id())).isEqualTo(anna);
    assertThat(people.claim(asked.code())).isEqualTo(new Status.Unknown());
    assertThat(people.ledger).isEmpty();
  }

  @Test
  void theReceiptIsHandedOutOnceAndCannotBeForged() {
    live();
    String code = people.ask(anna);
    assertThat(people.claim(code)).isInstanceOf(Status.UnderWay.class);
    people.finish();
    assertThat(people.ledger).containsExactly(anna.id());
    String receipt = ((Status.Done) people.claim(code)).receipt();
    assertThat(receipt)
        .contains("account: " + anna.id())
        .contains("removed: entry of kind message, at least 4")
        .contains("removed: session, at least 2")
        .contains("remains: in backups, for 35 days")
        .contains("remains: in the table's change stream, for up to 24 hours");
    assertThat(people.receipts.check(receipt)).isEqualTo(new Checked.Genuine(anna.id()));
    assertThat(people.receipts.check(receipt.replace("at least 4", "at least 5")))
        .isInstanceOf(Checked.Forged.class);
    assertThat(people.receipts.check("hello")).isInstanceOf(Checked.Forged.class);
    assertThat(people.claim(code)).isInstanceOf(Status.Handed.class);
    assertNothingIsLeft();
  }

  @Test
  void whoeverTakesTheHandleNextSeesNothingOfThem() {
    live();
    people.ask(anna);
    people.finish();
    Account next = people.signUp("anna_a", "Another Anna");
    assertThat(next.id()).isNotEqualTo(anna.id());
    ConversationId id = people.open(next, bob);
    assertThat(id).isNotEqualTo(withBob);
    assertThat(world.messages.newest(next.id(), withBob, 10))
        .isInstanceOf(parley.messaging.message.History.NoConversation.class);
    assertThat(world.inbox.page(next.id(), null, 20).rows()).isEmpty();
    world.send(next.id(), id, "hello");
    world.drain();
    // The new one is a stranger to him.
    assertThat(world.inbox.page(bob.id(), Folder.UNSORTED, null, 20).rows()).hasSize(2);
  }

  @Test
  void aLongConversationIsBlankedPieceByPiece() {
    int messages = 2 * Limits.ERASURE_PIECE + 7;
    for (int i = 0; i < messages; i++) {
      world.send(i % 3 == 0 ? bob.id() : anna.id(), withBob, i % 3 == 0 ? "b" : "annas-secret");
    }
    world.drain();
    people.ask(anna);
    people.finish();
    assertNothingIsLeft();
    List<Entry> log = world.log.after(withBob, 0, 1_000, Consistency.STRONG);
    assertThat(log).hasSize(messages + 1);
    assertThat(log.stream().filter(e -> e instanceof Entry.Message m && m.text() != null).count())
        .isEqualTo((messages + 2) / 3);
  }
}
