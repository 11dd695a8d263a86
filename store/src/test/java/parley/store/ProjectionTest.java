package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.Place;
import parley.messaging.inbox.Projector;
import parley.messaging.inbox.Projector.Change;
import parley.messaging.inbox.Read;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;

/// Rows end as the logs say, whatever the stream does on the way.
class ProjectionTest {
  private static final UserId ALICE = World.person(1);
  private static final UserId BOB = World.person(2);

  private final TestClock clock = new TestClock();
  private final World world = new World(TestTables.inMemory(), clock);

  private ConversationId open(UserId one, UserId other) {
    return world.conversations.openDirect(one, other);
  }

  private List<Change> entries(ConversationId id) {
    return world.log.after(id, 0, 1_000, Consistency.STRONG).stream()
        .map(entry -> new Change(id, entry))
        .toList();
  }

  private static void project(Projector projector, List<Change> changes) {
    Projector.byConversation(changes)
        .forEach((id, entries) -> assertThat(projector.project(id, entries)).isEmpty());
  }

  private InboxRow row(UserId user, ConversationId id) {
    return Objects.requireNonNull(world.rows.row(new RowKey(user, id)));
  }

  @Test
  void anEditAfterAMessageDoesNotHideTheMessage() {
    ConversationId id = open(ALICE, BOB);
    world.send(ALICE, id, "one");
    project(world.projector, entries(id));
    world.send(ALICE, id, "two");
    world.messages.edit(ALICE, id, world.clientId(), 1, World.text("one, edited"));
    project(world.projector, entries(id).subList(1, 3));
    assertThat(row(BOB, id).last().preview()).isEqualTo("two");
    assertThat(row(BOB, id).unread()).isEqualTo(2);
    assertThat(world.log.entry(id, 1))
        .isInstanceOfSatisfying(
            Entry.Message.class, m -> assertThat(m.text()).isEqualTo(World.text("one, edited")));
  }

  @Test
  void anEditOfTheNewestMessageIsShownHoweverItIsDelivered() {
    List<List<List<Integer>>> deliveries =
        List.of(
            List.of(List.of(0, 1)),
            List.of(List.of(0), List.of(1)),
            List.of(List.of(1), List.of(0)),
            List.of(List.of(0), List.of(0, 1)),
            List.of(List.of(0, 1), List.of(0), List.of(1, 0)));
    for (List<List<Integer>> delivery : deliveries) {
      ConversationId id = open(ALICE, World.person(100 + deliveries.indexOf(delivery)));
      world.send(ALICE, id, "typo");
      world.messages.edit(ALICE, id, world.clientId(), 1, World.text("no typo"));
      List<Change> images = entries(id);
      for (List<Integer> batch : delivery) {
        project(world.projector, batch.stream().map(images::get).toList());
      }
      assertThat(row(ALICE, id).last().preview()).as(delivery.toString()).isEqualTo("no typo");
    }
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  @Test
  void unreadIsRightWhoeverIsFirstTheMarkOrTheRow() {
    ConversationId id = open(ALICE, BOB);
    for (int i = 1; i <= 5; i++) {
      world.send(ALICE, id, "message " + i);
    }
    // Bob has read on his open connection; the projection has not come by yet.
    World server = world.restarted();
    assertThat(server.inbox.markRead(BOB, id, 3)).isEqualTo(new Read.Marked(3, 0));
    assertThat(server.inbox.page(BOB, null, 20).rows()).isEmpty();
    project(world.projector, entries(id));
    assertThat(row(BOB, id).unread()).isEqualTo(2);
    assertThat(server.inbox.markRead(BOB, id, 2)).isEqualTo(new Read.Marked(3, 2));
    assertThat(server.inbox.markRead(BOB, id, 5)).isEqualTo(new Read.Marked(5, 0));
    assertThat(server.inbox.markRead(BOB, id, 6)).isEqualTo(new Read.Beyond(5));
    assertThat(server.inbox.markRead(World.person(9), id, 5)).isEqualTo(new Read.NoConversation());
  }

  @Test
  void sendingMarksWhatCameBeforeAsRead() {
    ConversationId id = open(ALICE, BOB);
    world.send(ALICE, id, "1");
    world.send(ALICE, id, "2");
    world.send(BOB, id, "3");
    world.send(ALICE, id, "4");
    project(world.projector, entries(id));
    assertThat(row(BOB, id).unread()).isEqualTo(1);
    assertThat(row(ALICE, id).unread()).isZero();
    assertThat(row(BOB, id).read()).as("the reader's own mark").isEqualTo(InboxRow.Mark.NONE);
  }

  @Test
  void editsCountAsNoMessage() {
    ConversationId id = open(ALICE, BOB);
    world.send(ALICE, id, "1");
    world.messages.edit(ALICE, id, world.clientId(), 1, World.text("1a"));
    world.messages.edit(ALICE, id, world.clientId(), 1, World.text("1b"));
    world.send(ALICE, id, "2");
    world.drain();
    assertThat(row(BOB, id).unread()).isEqualTo(2);
    assertThat(world.restarted().inbox.markRead(BOB, id, 3)).isEqualTo(new Read.Marked(3, 1));
    assertThat(world.restarted().inbox.markRead(BOB, id, 4)).isEqualTo(new Read.Marked(4, 0));
  }

  @Test
  void aReplayBringsNobodyBackWhoHasLeft() {
    ConversationId id = open(ALICE, BOB);
    Entry.Message last = world.send(ALICE, id, "hello");
    world.send(BOB, id, "bye");
    project(world.projector, entries(id));
    Entry.Members departure =
        new Entry.Members(
            new Entry.Stamp(3, last.at(), 2, 3, last.stamp().movedAt()),
            BOB,
            world.clientId(),
            Set.of(ALICE),
            Set.of(BOB));
    world.log.append(id, departure);
    List<Change> all = entries(id);
    project(world.projector, all.subList(2, 3));
    assertThat(world.rows.row(new RowKey(BOB, id))).isNull();
    assertThat(world.log.end(id, 1, Consistency.STRONG).head().members()).containsExactly(ALICE);
    // By this process, by one that remembers nothing, by parts and as a whole.
    for (Projector projector : List.of(world.projector, world.restarted().projector)) {
      project(projector, all.subList(0, 1));
      project(projector, all.subList(1, 2));
      project(projector, all);
      assertThat(world.rows.row(new RowKey(BOB, id))).isNull();
    }
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  private void outOfEveryFolder(ConversationId id) {
    TestTables.engine()
        .client()
        .updateItem(r ->
            r.tableName(world.table.name())
                .key(Key.row(new RowKey(ALICE, id)).item())
                .updateExpression("REMOVE inboxKey"));
  }

  @Test
  void aRowMovesOnceInAQuarterOfAnHour() {
    ConversationId id = open(ALICE, BOB);
    world.send(ALICE, id, "1");
    world.drain();
    Place first = row(BOB, id).place();
    clock.advance(Limits.ROW_MOVES_AFTER);
    world.send(ALICE, id, "2");
    world.drain();
    assertThat(row(BOB, id).place()).as("exactly a quarter of an hour").isEqualTo(first);
    clock.advance(Duration.ofMillis(1));
    world.send(ALICE, id, "3");
    world.drain();
    assertThat(row(BOB, id).place().movedAt()).isEqualTo(clock.instant());
  }

  @Test
  void rebuildFindsAndRepairsEveryKindOfDifference() {
    List<ConversationId> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ConversationId id = open(ALICE, World.person(10 + i));
      ids.add(id);
      world.send(ALICE, id, "one");
      world.send(World.person(10 + i), id, "two");
    }
    world.drain();
    assertThat(world.rebuild().run(false).differences()).isEmpty();
    world.rows.remove(new RowKey(ALICE, ids.get(0)));
    InboxRow wrong = row(ALICE, ids.get(1));
    world.rows.repair(
        new InboxRow(
            wrong.key(),
            wrong.peer(),
            new InboxRow.Last(2, 7, wrong.last().at(), ALICE, "not what was said", 0),
            wrong.read(),
            wrong.own(),
            wrong.place()));
    outOfEveryFolder(ids.get(2));
    RowKey stranger = new RowKey(World.person(99), ids.get(3));
    world.rows.markRead(stranger, new InboxRow.Mark(1, 1), true);
    assertThat(world.rebuild().run(false).differences()).hasSize(4);
    assertThat(world.rebuild().run(true).repaired()).isEqualTo(4);
    assertThat(world.rebuild().run(false).differences()).isEmpty();
    assertThat(row(ALICE, ids.get(0)).last().preview()).isEqualTo("two");
    assertThat(world.rows.row(stranger)).isNull();
  }

  /// Everything at once: two processes, each given the stream cut into batches at random, shuffled,
  /// repeated, and dying between any two writes; people read meanwhile.
  @RepeatedTest(12)
  void everyDeliveryEndsInTheSameRows(RepetitionInfo repetition) throws Exception {
    long seed = 7_001L * repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<Change> stream = writeAtRandom(random);
    FaultyClient faulty = FaultyClient.of(TestTables.engine().client(), seed, 0.04);
    World dying = new World(TestTables.through(faulty.client(), world.table), clock);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int process = 0; process < 2; process++) {
        List<List<Change>> batches = cut(stream, new Random(seed + process));
        Projector projector = process == 0 ? dying.projector : dying.restarted().projector;
        running.add(threads.submit(() -> deliver(batches, projector)));
      }
      running.add(threads.submit(() -> readAtRandom(stream, new Random(seed))));
      for (Future<?> one : running) {
        one.get();
      }
    }
    assertThat(faulty.faults()).as("seed " + seed).isPositive();
    assertThat(world.rebuild().run(false).differences()).as("seed " + seed).isEmpty();
    checkUnread(stream);
    checkWords(stream);
  }

  /// Of a message that was unsent no words are left, in its edits neither.
  private void checkWords(List<Change> stream) {
    for (ConversationId id : Projector.byConversation(stream).keySet()) {
      List<Entry> log = world.log.after(id, 0, 1_000, Consistency.STRONG);
      for (Entry entry : log) {
        if (entry instanceof Entry.Edit edit) {
          Entry.Message target = (Entry.Message) log.get((int) edit.target() - 1);
          assertThat(edit.text() == null)
              .as(id + "/" + edit.seq())
              .isEqualTo(target.text() == null);
        }
      }
    }
  }

  private List<Change> writeAtRandom(Random random) {
    List<Change> stream = new ArrayList<>();
    List<ConversationId> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ids.add(open(ALICE, World.person(20 + i)));
    }
    for (int i = 0; i < 120; i++) {
      int which = random.nextInt(ids.size());
      ConversationId id = ids.get(which);
      UserId from = random.nextBoolean() ? ALICE : World.person(20 + which);
      clock.advance(Duration.ofSeconds(random.nextInt(400)));
      long lastSeq = Math.max(1, world.tails.lastSeq(id));
      long target = 1 + Math.min(lastSeq - 1, (long) random.nextInt((int) lastSeq));
      var written =
          switch (random.nextInt(6)) {
            case 0 ->
                world.messages.edit(from, id, world.clientId(), target, World.text("edited " + i));
            case 1 -> world.messages.unsend(from, id, world.clientId(), target);
            default -> world.messages.send(from, id, world.clientId(), World.text("said " + i));
          };
      if (written instanceof parley.messaging.message.Written.Stored(Entry.Authored entry)) {
        stream.add(new Change(id, entry));
      }
    }
    return stream;
  }

  /// Batches cut anywhere, some entries twice, all in disorder.
  private static List<List<Change>> cut(List<Change> stream, Random random) {
    List<Change> all = new ArrayList<>(stream);
    for (int i = 0; i < stream.size() / 4; i++) {
      all.add(stream.get(random.nextInt(stream.size())));
    }
    if (random.nextInt(3) > 0) {
      Collections.shuffle(all, random);
    }
    List<List<Change>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); ) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(20));
      batches.add(all.subList(from, to));
      from = to;
    }
    return batches;
  }

  /// At least once: a batch whose projection died is given again.
  private static Void deliver(List<List<Change>> batches, Projector projector) {
    for (List<Change> batch : batches) {
      for (int attempt = 0; ; attempt++) {
        try {
          project(projector, batch);
          break;
        } catch (StoreUnavailable e) {
          assertThat(attempt).as("attempts at one batch").isLessThan(200);
        }
      }
    }
    return null;
  }

  private Void readAtRandom(List<Change> stream, Random random) {
    World reader = world.restarted();
    for (int i = 0; i < 40; i++) {
      Change change = stream.get(random.nextInt(stream.size()));
      Read read = reader.inbox.markRead(ALICE, change.conversation(), change.entry().seq());
      assertThat(read).isInstanceOf(Read.Marked.class);
    }
    return null;
  }

  /// Unread, counted the slow way: messages of others after the last that was read or written.
  private void checkUnread(List<Change> stream) {
    for (ConversationId id : Projector.byConversation(stream).keySet()) {
      InboxRow row = world.rows.row(new RowKey(ALICE, id));
      if (row == null || row.last() == null) {
        continue;
      }
      List<Entry> log = world.log.after(id, 0, 1_000, Consistency.STRONG);
      long seen =
          Math.max(
              row.read().seq(),
              log.stream()
                  .filter(Entry.Message.class::isInstance)
                  .filter(e -> ((Entry.Message) e).from().equals(ALICE))
                  .mapToLong(Entry::seq)
                  .max()
                  .orElse(0));
      long unread =
          log.stream().filter(Entry.Message.class::isInstance).filter(e -> e.seq() > seen).count();
      assertThat(row.unread()).isEqualTo(unread);
    }
  }
}
