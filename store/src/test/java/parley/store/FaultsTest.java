package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Written;

/// A network and a table that go wrong, from a printed seed.
class FaultsTest {
  private static final UserId ALICE = World.person(1);
  private static final UserId BOB = World.person(2);
  private static final int SENDERS = 8;
  private static final int EACH = 40;

  /// Every acknowledged message is there once; every other one was answered with an error, and the
  /// same attempt repeated makes it one message. On two servers, one of them restarted half-way.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyMessageIsThereOnce(long seed) throws Exception {
    World calm = new World(TestTables.inMemory(), InstantSource.system());
    ConversationId id = calm.conversations.openDirect(ALICE, BOB);
    FaultyClient faulty = FaultyClient.of(TestTables.engine().client(), seed, 0.3);
    Table table = TestTables.through(faulty.client(), calm.table);
    World first = new World(table, InstantSource.system());
    World second = new World(table, InstantSource.system());
    Map<ClientId, Long> acknowledged = new ConcurrentHashMap<>();
    Set<String> texts = ConcurrentHashMap.newKeySet();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int sender = 0; sender < SENDERS; sender++) {
        int number = sender;
        running.add(
            threads.submit(() -> {
              for (int i = 0; i < EACH; i++) {
                World server = number % 2 == 0 ? first : i < EACH / 2 ? second : second.restarted();
                ClientId clientId = server.clientId();
                String text = number + "/" + i;
                texts.add(text);
                acknowledged.put(
                    clientId, insist(server, number % 3 == 0 ? ALICE : BOB, id, clientId, text));
              }
              return null;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    List<Entry> log = calm.log.after(id, 0, 10_000, Consistency.STRONG);
    assertThat(faulty.faults()).as("faults, seed " + seed).isGreaterThan(100);
    assertThat(log).as("seed " + seed).hasSize(SENDERS * EACH);
    Set<String> stored = new HashSet<>();
    for (int i = 0; i < log.size(); i++) {
      Entry.Message message = (Entry.Message) log.get(i);
      assertThat(message.seq()).isEqualTo(i + 1);
      assertThat(acknowledged).containsEntry(message.clientId(), message.seq());
      stored.add(message.text().value());
    }
    assertThat(stored).isEqualTo(texts);
  }

  /// As a client does: an error means the same attempt again.
  private static long insist(
      World server, UserId from, ConversationId id, ClientId clientId, String text) {
    for (int attempt = 0; attempt < 500; attempt++) {
      try {
        switch (server.messages.send(from, id, clientId, World.text(text))) {
          case Written.Stored(Entry.Authored entry) -> {
            return entry.seq();
          }
          case Written.Already(Entry.Authored entry) -> {
            return entry.seq();
          }
          case Written.TooBusy() -> {}
          case Written.ClientIdReused _,
              Written.ClientIdExpired _,
              Written.ClientIdInFuture _,
              Written.NoConversation _,
              Written.NoMessage _,
              Written.TooLate _,
              Written.TooManyStrangers _,
              Written.NothingWritten _,
              Written.NobodyThere _ ->
              throw new AssertionError("refused for good");
        }
      } catch (StoreUnavailable e) {
        // Unknown outcome: the same again.
      }
    }
    throw new AssertionError("never acknowledged");
  }

  /// Opening goes wrong at any of its calls: nothing half-made can be seen, and the next try
  /// succeeds.
  @Test
  void openingSurvivesEveryFault() {
    for (int seed = 1; seed <= 60; seed++) {
      World calm = World.fresh();
      FaultyClient faulty = FaultyClient.of(TestTables.engine().client(), seed, 0.5);
      World server = new World(TestTables.through(faulty.client(), calm.table), calm.clock);
      ConversationId id = null;
      for (int attempt = 0; id == null && attempt < 100; attempt++) {
        try {
          id = server.conversations.openDirect(ALICE, BOB);
        } catch (StoreUnavailable e) {
          assertThat(calm.inbox.page(BOB, null, 20).rows()).isEmpty();
        }
      }
      assertThat(calm.conversations.openDirect(BOB, ALICE)).isEqualTo(id);
      assertThat(calm.send(BOB, id, "hello").seq()).isEqualTo(1);
      if (seed % 20 == 0) {
        calm.drain();
        assertThat(calm.rebuild().run(false).differences()).isEmpty();
      }
    }
  }

  /// The clocks of clients are wrong. Those that are behind make ids that look old: their retries
  /// are still exact. Those that are ahead are told the time, and go by it.
  @ParameterizedTest
  @ValueSource(longs = {-3 * 3_600, -60, 0, 60, 3 * 3_600})
  void clientClocksMayBeWrong(long seconds) {
    TestClock clock = new TestClock();
    World world = new World(TestTables.inMemory(), clock);
    ConversationId id = world.conversations.openDirect(ALICE, BOB);
    Duration wrong = Duration.ofSeconds(seconds);
    for (int i = 0; i < 30; i++) {
      clock.advance(Duration.ofSeconds(20));
      ClientId clientId = World.clientId(clock.instant().plus(wrong));
      Written written = world.messages.send(ALICE, id, clientId, World.text("message " + i));
      if (written instanceof Written.ClientIdInFuture(Instant now)) {
        assertThat(wrong).isGreaterThan(Duration.ofMinutes(1));
        clientId = World.clientId(now);
        written = world.messages.send(ALICE, id, clientId, World.text("message " + i));
      }
      assertThat(World.stored(written).seq()).isEqualTo(i + 1);
      for (World server : List.of(world, world.restarted())) {
        assertThat(server.messages.send(ALICE, id, clientId, World.text("message " + i)))
            .isEqualTo(new Written.Already(((Written.Stored) written).entry()));
      }
    }
  }
}
