package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Written;

/// Many at once.
class ConcurrencyTest {
  private static final int SENDERS = 64;
  private static final int EACH = 100;
  private static final UserId ALICE = World.person(1);
  private static final UserId BOB = World.person(2);

  /// An acknowledged message: when its sender began, when the answer came, on a clock of this test.
  private record Ack(long began, long answered, Entry.Authored entry) {}

  @Test
  void sixtyFourSendersOnOneConversation() throws Exception {
    World world = new World(TestTables.inMemory(), java.time.InstantSource.system());
    race(world, List.of(world));
  }

  @Test
  void sixtyFourSendersOnTwoServers() throws Exception {
    World world = new World(TestTables.inMemory(), java.time.InstantSource.system());
    race(world, List.of(world, world.restarted()));
  }

  private static void race(World world, List<World> servers) throws Exception {
    ConversationId id = world.conversations.openDirect(ALICE, BOB);
    ConcurrentLinkedQueue<Ack> acks = new ConcurrentLinkedQueue<>();
    AtomicLong order = new AtomicLong();
    CountDownLatch start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int sender = 0; sender < SENDERS; sender++) {
        World server = servers.get(sender % servers.size());
        UserId from = sender % 4 < 2 ? ALICE : BOB;
        int number = sender;
        running.add(
            threads.submit(() -> {
              start.await();
              for (int i = 0; i < EACH; i++) {
                long began = order.incrementAndGet();
                Entry.Authored entry = send(server, from, id, number + "/" + i);
                acks.add(new Ack(began, order.incrementAndGet(), entry));
              }
              return null;
            }));
      }
      start.countDown();
      for (Future<?> one : running) {
        one.get();
      }
    }
    List<Entry> all = new ArrayList<>();
    while (all.size() == 0 || all.size() % Limits.TAIL_EXTENSION == 0) {
      List<Entry> more = world.log.after(id, all.size(), Limits.TAIL_EXTENSION, Consistency.STRONG);
      all.addAll(more);
      if (more.isEmpty()) {
        break;
      }
    }
    assertThat(all).hasSize(SENDERS * EACH);
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      Entry.Message message = (Entry.Message) all.get(i);
      assertThat(message.seq()).isEqualTo(i + 1);
      assertThat(message.stamp().n()).isEqualTo(i + 1);
      texts.add(message.text().value());
    }
    assertThat(texts).as("each text once").hasSize(SENDERS * EACH);
    assertThat(acks)
        .extracting(ack -> (Entry) ack.entry())
        .containsExactlyInAnyOrderElementsOf(all);
    // Whoever was answered before another began has the lower number. So, going down the numbers,
    // nobody may have begun after somebody with a higher number was answered.
    long firstAnswer = Long.MAX_VALUE;
    for (Ack ack :
        acks.stream()
            .sorted(Comparator.comparingLong((Ack a) -> a.entry().seq()).reversed())
            .toList()) {
      assertThat(ack.began())
          .as("began before any higher number was answered")
          .isLessThan(firstAnswer);
      firstAnswer = Math.min(firstAnswer, ack.answered());
    }
  }

  /// As a client does: too busy means the same again.
  private static Entry.Authored send(World server, UserId from, ConversationId id, String text) {
    var clientId = server.clientId();
    for (int i = 0; i < 50; i++) {
      Written written = server.messages.send(from, id, clientId, World.text(text));
      switch (written) {
        case Written.Stored(Entry.Authored entry) -> {
          return entry;
        }
        case Written.Already(Entry.Authored entry) -> {
          return entry;
        }
        case Written.TooBusy() -> {}
        default -> throw new AssertionError(written.toString());
      }
    }
    throw new AssertionError("too busy for ever");
  }

  @Test
  void twoHundredPairsWhoWriteToEachOtherAtOnceHaveTwoHundredConversations() throws Exception {
    World one = new World(TestTables.inMemory(), java.time.InstantSource.system());
    List<World> servers = List.of(one, one.restarted());
    Set<ConversationId> ids = java.util.concurrent.ConcurrentHashMap.newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int pair = 0; pair < 200; pair++) {
        UserId left = World.person(2 * pair + 1);
        UserId right = World.person(2 * pair + 2);
        CountDownLatch both = new CountDownLatch(4);
        // Both ways, and twice over, on two servers.
        for (int way = 0; way < 4; way++) {
          World server = servers.get(way / 2);
          UserId from = way % 2 == 0 ? left : right;
          UserId to = way % 2 == 0 ? right : left;
          String text = "from " + way;
          running.add(
              threads.submit(() -> {
                both.countDown();
                both.await();
                ConversationId id = server.conversations.openDirect(from, to);
                ids.add(id);
                return send(server, from, id, text);
              }));
        }
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    assertThat(ids).hasSize(200);
    one.drain();
    Set<ConversationId> stored = new HashSet<>();
    new TableSurvey(one.table).conversations(stored::add, _ -> {});
    assertThat(stored).isEqualTo(ids);
    for (int pair = 0; pair < 200; pair++) {
      var page = one.inbox.page(World.person(2 * pair + 1), null, 20);
      assertThat(page.rows()).hasSize(1);
      assertThat(page.rows().getFirst().last().n()).isEqualTo(4);
    }
    assertThat(one.rebuild().run(false).differences()).isEmpty();
  }
}
