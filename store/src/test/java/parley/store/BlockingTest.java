package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.block.Block;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.Projector.Change;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.History;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Written;

/// What somebody writes who is blocked reaches nobody, and they cannot tell.
class BlockingTest {
  private static final UserId ANN = World.person(1);
  private static final UserId BEN = World.person(2);

  private final TestClock clock = new TestClock();
  private final World world = new World(TestTables.inMemory(), clock);
  private final ConversationId id = world.conversations.openDirect(ANN, BEN);

  private @Nullable InboxRow row(UserId user) {
    return world.rows.row(new RowKey(user, id));
  }

  private List<Entry.Stamped> newest(UserId reader) {
    return ((History.Page) world.restarted().messages.newest(reader, id, 50)).items();
  }

  private List<Entry.Stamped> after(UserId reader, long seq) {
    return ((History.Page) world.restarted().messages.after(reader, id, seq, 50)).items();
  }

  private void bothHaveWritten() {
    world.send(ANN, id, "hello");
    world.send(BEN, id, "hello yourself");
    world.drain();
  }

  private void assertRebuildAgrees() {
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  @Test
  void whatABlockedPersonWritesIsANumberAndNoMore() {
    bothHaveWritten();
    InboxRow before = row(ANN);
    world.blocks.block(ANN, BEN);
    clock.advance(Limits.ROW_MOVES_AFTER.plusMillis(1));
    Entry.Message hidden = world.send(BEN, id, "are you there?");
    world.drain();
    assertThat(hidden.seq()).isEqualTo(3);
    assertThat(row(ANN)).as("no preview, nothing unread, not moved").isEqualTo(before);
    assertThat(newest(ANN)).extracting(Entry::seq).containsExactly(1L, 2L);
    assertThat(after(ANN, 2))
        .singleElement()
        .isInstanceOfSatisfying(
            Entry.Other.class, other -> assertThat(other.kind()).isEqualTo(Entry.Other.HIDDEN));
    // Its sender sees it as any other.
    assertThat(row(BEN).last().preview()).isEqualTo("are you there?");
    assertThat(row(BEN).place().movedAt()).isEqualTo(clock.instant());
    assertThat(row(BEN).unread()).isZero();
    assertThat(newest(BEN)).extracting(Entry::seq).containsExactly(1L, 2L, 3L);
    assertRebuildAgrees();
    // Both write on: for ann it joins on without the hidden one.
    world.send(ANN, id, "and now");
    world.drain();
    assertThat(row(ANN).own()).isEqualTo(new Mark(4, 3));
    assertThat(row(BEN).unread()).isEqualTo(1);
    world.blocks.unblock(ANN, BEN);
    world.send(BEN, id, "back again");
    world.drain();
    assertThat(row(ANN).unread()).as("what was hidden is not counted").isEqualTo(1);
    assertThat(newest(ANN)).extracting(Entry::seq).containsExactly(1L, 2L, 4L, 5L);
    assertRebuildAgrees();
  }

  @Test
  void aRetryIsRecognisedAsEver() {
    bothHaveWritten();
    world.blocks.block(ANN, BEN);
    ClientId clientId = world.clientId();
    Written first = world.messages.send(BEN, id, clientId, World.text("once"));
    Entry.Message stored = World.stored(first);
    assertThat(world.restarted().messages.send(BEN, id, clientId, World.text("once")))
        .isEqualTo(new Written.Already(stored));
  }

  @Test
  void somebodyWhoWasNeverHeardMakesNoRow() {
    world.blocks.block(ANN, BEN);
    world.send(BEN, id, "one");
    world.send(BEN, id, "two");
    world.drain();
    assertThat(row(ANN)).isNull();
    assertThat(world.inbox.page(ANN, null, 20).rows()).isEmpty();
    assertThat(row(BEN).last().preview()).isEqualTo("two");
    assertThat(world.inbox.page(BEN, null, 20).rows()).hasSize(1);
    assertRebuildAgrees();
    // The conversation is there, and stays.
    clock.advance(Limits.EMPTY_CONVERSATION_LIFE.plusDays(1));
    assertThat(newest(ANN)).isEmpty();
    world.send(ANN, id, "three");
    world.drain();
    assertThat(row(ANN).last().seq()).isEqualTo(3);
    assertThat(row(BEN).unread()).isEqualTo(1);
    assertRebuildAgrees();
  }

  @Test
  void anEditOfWhatWasSeenReachesNobodyAndItsSenderSeesIt() {
    bothHaveWritten();
    world.blocks.block(ANN, BEN);
    world.messages.edit(BEN, id, world.clientId(), 2, World.text("something nasty"));
    world.drain();
    assertThat(text(newest(ANN).getLast())).isEqualTo("hello yourself");
    assertThat(row(ANN).last().preview()).isEqualTo("hello yourself");
    assertThat(text(newest(BEN).getLast())).isEqualTo("something nasty");
    assertThat(row(BEN).last().preview()).isEqualTo("something nasty");
    assertThat(after(ANN, 2)).allMatch(Entry.Other.class::isInstance);
    assertRebuildAgrees();
    // An edit after the block is over is seen, and is later than the other.
    world.blocks.unblock(ANN, BEN);
    world.messages.edit(BEN, id, world.clientId(), 2, World.text("something nice"));
    world.drain();
    assertThat(text(newest(ANN).getLast())).isEqualTo("something nice");
    assertThat(text(newest(BEN).getLast())).isEqualTo("something nice");
    assertRebuildAgrees();
  }

  private static String text(Entry entry) {
    return Objects.requireNonNull(((Entry.Message) entry).text()).value();
  }

  @Test
  void oneCanTakeOnesWordsBackThoughOneIsBlocked() {
    bothHaveWritten();
    world.blocks.block(ANN, BEN);
    world.messages.edit(BEN, id, world.clientId(), 2, World.text("other words, hello"));
    world.send(BEN, id, "secret hello");
    world.messages.edit(BEN, id, world.clientId(), 4, World.text("secret and edited hello"));
    world.drain();
    world.messages.unsend(BEN, id, world.clientId(), 2);
    world.messages.unsend(BEN, id, world.clientId(), 4);
    world.drain();
    assertThat(((Entry.Message) newest(ANN).getLast()).text()).isNull();
    assertThat(row(ANN).last().preview()).isNull();
    assertThat(World.everythingIn(world.table)).doesNotContain("yourself", "words", "secret");
    assertThat(after(ANN, 4)).extracting(Entry::seq).containsExactly(5L, 6L, 7L);
    assertThat(after(ANN, 4)).filteredOn(Entry.Unsend.class::isInstance).hasSize(1);
    assertRebuildAgrees();
  }

  @Test
  void itHoldsOnEveryServerWithinFiveSeconds() {
    bothHaveWritten();
    World other = world.restarted();
    World.stored(other.messages.send(BEN, id, world.clientId(), World.text("not yet")));
    world.blocks.block(ANN, BEN);
    assertThat(Limits.DECISION_STALENESS).isEqualTo(Duration.ofSeconds(5));
    clock.advance(Limits.DECISION_STALENESS.plusMillis(1));
    assertThat(other.send(BEN, id, "hidden").isHiddenFrom(ANN)).isTrue();
    world.blocks.unblock(ANN, BEN);
    clock.advance(Limits.DECISION_STALENESS.plusMillis(1));
    assertThat(other.send(BEN, id, "seen").isHiddenFrom(ANN)).isFalse();
    // One that follows the stream is told, and asks for nothing meanwhile.
    other.hearing.follow(() -> Duration.ZERO);
    world.blocks.block(ANN, BEN);
    clock.advance(Duration.ofMinutes(1));
    assertThat(other.send(BEN, id, "not told yet").isHiddenFrom(ANN)).isFalse();
    other.blocks.heard(ANN, BEN);
    assertThat(other.send(BEN, id, "told").isHiddenFrom(ANN)).isTrue();
  }

  @Test
  void blocksAreListedAndHaveTheirMirrors() {
    for (int i = 10; i < 10 + Limits.BLOCKS_PAGE + 1; i++) {
      world.blocks.block(ANN, World.person(i));
    }
    List<Block> first = world.blocks.page(ANN, null);
    List<Block> rest = world.blocks.page(ANN, first.getLast().blocked());
    assertThat(first).hasSize(Limits.BLOCKS_PAGE);
    assertThat(rest).hasSize(1);
    assertThat(first).doesNotContainAnyElementsOf(rest);
    assertThat(world.blocks.page(BEN, null)).isEmpty();
    assertThat(World.everythingIn(world.table)).contains("BY#" + ANN);
    for (int i = 10; i < 10 + Limits.BLOCKS_PAGE + 1; i++) {
      world.blocks.unblock(ANN, World.person(i));
    }
    assertThat(World.everythingIn(world.table)).doesNotContain("BY#", "B#");
  }

  /// Blocks come and go while both write, and the stream is cut up, repeated and shuffled.
  @RepeatedTest(6)
  void everyDeliveryEndsInTheSameRows(RepetitionInfo repetition) {
    Random random = new Random(9_001L * repetition.getCurrentRepetition());
    List<Change> stream = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      clock.advance(Duration.ofSeconds(random.nextInt(400)));
      UserId from = random.nextBoolean() ? ANN : BEN;
      long target = 1L + random.nextInt((int) Math.max(1, world.tails.lastSeq(id)));
      Written written =
          switch (random.nextInt(9)) {
            case 0 -> block(ANN, BEN, random.nextBoolean());
            case 1 -> block(BEN, ANN, random.nextBoolean());
            case 2 -> world.messages.edit(from, id, world.clientId(), target, World.text("e" + i));
            case 3 -> world.messages.unsend(from, id, world.clientId(), target);
            default -> world.messages.send(from, id, world.clientId(), World.text("said " + i));
          };
      if (written instanceof Written.Stored(Entry.Authored entry)) {
        stream.add(new Change(id, entry));
      }
    }
    List<Change> all = new ArrayList<>(stream);
    all.addAll(stream.subList(0, stream.size() / 3));
    if (random.nextBoolean()) {
      Collections.shuffle(all, random);
    }
    for (int from = 0; from < all.size(); ) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(9));
      List<Entry> batch = all.subList(from, to).stream().map(Change::entry).toList();
      assertThat(world.projector.project(id, batch)).isEmpty();
      from = to;
    }
    assertRebuildAgrees();
    for (UserId user : List.of(ANN, BEN)) {
      List<Entry> log = world.log.after(id, 0, 1_000, Consistency.STRONG);
      InboxRow row = Objects.requireNonNull(row(user));
      long unread =
          log.stream()
              .filter(Entry.Message.class::isInstance)
              .map(Entry.Message.class::cast)
              .filter(one -> one.seq() > row.own().seq() && !one.isHiddenFrom(user))
              .count();
      assertThat(row.unread()).as(user.toString()).isEqualTo(unread);
    }
  }

  private Written block(UserId blocker, UserId blocked, boolean on) {
    if (on) {
      world.blocks.block(blocker, blocked);
    } else {
      world.blocks.unblock(blocker, blocked);
    }
    return new Written.TooBusy();
  }
}
