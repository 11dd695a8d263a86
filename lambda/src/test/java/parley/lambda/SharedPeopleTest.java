package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.lambda.SharedPeople.Use;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.store.TestClock;
import parley.store.World;
import redis.clients.jedis.RedisClient;

/// People in a cache that instances share, on a real server: what is found, for how long, and what
/// becomes of those who ask when it is gone or slow.
class SharedPeopleTest {
  private static CacheServer server;

  private static final Duration LONG = Duration.ofMinutes(1);

  private final TestClock clock = new TestClock();
  private final String table = "t" + System.nanoTime();
  private final List<SharedPeople> opened = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    server = CacheServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @AfterEach
  void close() {
    opened.forEach(SharedPeople::close);
  }

  private SharedPeople at(URI url) {
    return at(url, CacheBounds.LIFE);
  }

  private SharedPeople at(URI url, Duration life) {
    return at(url, table, life);
  }

  /// Somebody who waits for as long as it takes: what is found is not for the machine to say.
  private SharedPeople at(URI url, String name, Duration life) {
    return with(() -> new JedisShelf(url, Rig.PATIENT.cache()), name, life, Rig.PATIENT.slow());
  }

  /// Somebody who waits no longer than functions do.
  private SharedPeople hurried(URI url, AtomicInteger asked) {
    return with(
        () -> new CountingShelf(new JedisShelf(url, Patience.USUAL.cache()), asked),
        table,
        CacheBounds.LIFE,
        Patience.USUAL.slow());
  }

  private SharedPeople with(Supplier<Shelf> shelf, String name, Duration life, Duration slow) {
    SharedPeople people = new SharedPeople(shelf, name, clock, life, slow);
    opened.add(people);
    return people;
  }

  /// Counts what is asked of a shelf.
  private record CountingShelf(Shelf shelf, AtomicInteger asked) implements Shelf {
    @Override
    public List<@Nullable String> get(List<String> names) {
      asked.incrementAndGet();
      return shelf.get(names);
    }

    @Override
    public void putIfAbsent(Map<String, String> texts, Duration life) {
      asked.incrementAndGet();
      shelf.putIfAbsent(texts, life);
    }

    @Override
    public void put(Collection<String> names, String text, Duration life) {
      asked.incrementAndGet();
      shelf.put(names, text, life);
    }

    @Override
    public void close() {
      shelf.close();
    }
  }

  private static Account person(int number, String name) {
    return new Account(
        World.person(number),
        new Handle("person" + number),
        new DisplayName(name),
        Instant.ofEpochMilli(1_700_000_000_000L),
        Instant.ofEpochMilli(1_700_000_000_000L));
  }

  private static Set<UserId> only(Account account) {
    return Set.of(account.id());
  }

  @Test
  void whatOneKeepsAnotherFinds() {
    SharedPeople one = at(server.url);
    SharedPeople other = at(server.url);
    Account anna = person(1, "Änna 😀");
    assertThat(other.known(only(anna))).isEmpty();
    one.keep(List.of(anna));
    Account found = other.known(Set.of(anna.id(), World.person(2))).get(anna.id());
    assertThat(found.handle()).isEqualTo(anna.handle());
    assertThat(found.displayName()).isEqualTo(anna.displayName());
    assertThat(found.createdAt()).isEqualTo(anna.createdAt());
    assertThat(other.drain()).isEqualTo(new Use(1, 2, 0));
    assertThat(other.drain()).isEqualTo(new Use(0, 0, 0));
  }

  @Test
  void nobodyIsLetInByIt() {
    SharedPeople people = at(server.url);
    Account anna = person(1, "Anna");
    people.keep(List.of(anna));
    Account found = people.known(only(anna)).get(anna.id());
    Instant now = Instant.now();
    Session session =
        new Session(new SessionId("0".repeat(64)), anna.id(), now, now.plusSeconds(3_600));
    assertThat(session.isEndedBy(anna)).isFalse();
    assertThat(session.isEndedBy(found)).isTrue();
  }

  @Test
  void entriesExpireAndHoldLittle() throws InterruptedException {
    SharedPeople people = at(server.url);
    Account anna = person(1, "Anna");
    people.keep(List.of(anna));
    try (RedisClient look = server.look()) {
      String name = "parley:" + table + ":person:" + anna.id().value();
      assertThat(look.get(name)).isEqualTo("person1\n1700000000000\nAnna");
      assertThat(look.pttl(name)).isBetween(1L, CacheBounds.LIFE.toMillis());
      people.forget(only(anna));
      assertThat(look.get(name)).isEmpty();
      assertThat(look.pttl(name)).isBetween(1L, CacheBounds.CHANGED.toMillis());
    }
    Duration life = Duration.ofSeconds(1);
    SharedPeople brief = at(server.url, life);
    Account bert = person(2, "Bert");
    long from = System.nanoTime();
    brief.keep(List.of(bert));
    boolean found = !brief.known(only(bert)).isEmpty();
    assertThat(found || System.nanoTime() - from >= life.toNanos()).isTrue();
    while (!brief.known(only(bert)).isEmpty() && System.nanoTime() - from < LONG.toNanos()) {
      Thread.sleep(20);
    }
    assertThat(brief.known(only(bert))).isEmpty();
    assertThat(brief.drain().failures()).isZero();
  }

  /// A read of the table that began before a change must not be kept after it.
  @Test
  void nothingIsKeptOfSomebodyWhoHasJustChanged() {
    SharedPeople reader = at(server.url);
    SharedPeople stream = at(server.url);
    Account before = person(1, "Before");
    reader.keep(List.of(before));
    stream.forget(only(before));
    assertThat(reader.known(only(before))).isEmpty();
    reader.keep(List.of(before));
    assertThat(reader.known(only(before))).isEmpty();
    assertThat(at(server.url).known(only(before))).isEmpty();
  }

  @Test
  void tablesDoNotMix() {
    SharedPeople people = at(server.url);
    people.keep(List.of(person(1, "Anna")));
    SharedPeople other = at(server.url, table + "2", CacheBounds.LIFE);
    assertThat(other.known(Set.of(World.person(1)))).isEmpty();
    assertThat(other.drain()).isEqualTo(new Use(0, 1, 0));
    assertThat(people.known(Set.of(World.person(1)))).hasSize(1);
  }

  @Test
  void askedForAHundredAndNoMore() {
    SharedPeople people = at(server.url);
    List<Account> many =
        IntStream.rangeClosed(1, CacheBounds.PEOPLE + 1).mapToObj(n -> person(n, "P")).toList();
    people.keep(many);
    List<UserId> ids = many.stream().map(Account::id).toList();
    assertThat(people.known(ids)).hasSize(CacheBounds.PEOPLE);
    assertThat(people.known(List.of(ids.getLast()))).isEmpty();
    people.forget(ids);
    assertThat(people.known(ids)).isEmpty();
  }

  @Test
  void whatIsNoneOfOursIsNobody() {
    SharedPeople people = at(server.url);
    try (RedisClient look = server.look()) {
      String name = "parley:" + table + ":person:" + World.person(1).value();
      for (String text :
          List.of("x", "a\nb\nc", "NO HANDLE\n1\nname", "anna\n99999999999999999999\nx")) {
        look.set(name, text);
        assertThat(people.known(Set.of(World.person(1)))).as(text).isEmpty();
      }
      look.del(name);
      look.lpush(name, "a list");
      assertThat(people.known(Set.of(World.person(1)))).isEmpty();
    }
  }

  @Test
  void aServerThatDiesIsLeftAloneAndFoundAgain() throws IOException {
    Account anna = person(1, "Anna");
    SharedPeople people;
    int port;
    try (CacheServer dying = CacheServer.start()) {
      port = dying.port();
      people = at(dying.url);
      people.keep(List.of(anna));
      assertThat(people.known(only(anna))).hasSize(1);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(people.known(only(anna))).isEmpty();
      people.keep(List.of(anna));
      people.forget(only(anna));
    }
    assertThat(people.drain().failures()).isEqualTo(30);
    try (var _ = new CacheServer(port)) {
      // Not yet: it is left alone.
      people.keep(List.of(anna));
      assertThat(people.known(only(anna))).isEmpty();
      clock.advance(CacheBounds.LEFT_ALONE);
      people.keep(List.of(anna));
      people.keep(List.of(anna));
      assertThat(people.known(only(anna))).hasSize(1);
    }
  }

  /// Lost connections, as after an instance was frozen for long, cost one question.
  @Test
  void aLostConnectionDoesNotOpenTheCircuit() throws IOException {
    SharedPeople people = at(server.url);
    Account anna = person(1, "Anna");
    people.keep(List.of(anna));
    server.dropConnections();
    var _ = people.known(only(anna));
    assertThat(people.known(only(anna))).hasSize(1);
  }

  @Test
  void aSilentServerCostsLittleAndThenNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("redis://127.0.0.1:" + silent.getLocalPort());
      // What is loaded once is loaded.
      at(server.url).keep(List.of(person(1, "Anna")));
      // The quickest of a few: a busy machine may be what took the time of the others.
      long quickest = Long.MAX_VALUE;
      for (int n = 0; n < 5; n++) {
        AtomicInteger asked = new AtomicInteger();
        SharedPeople people = hurried(url, asked);
        long from = System.nanoTime();
        for (int i = 0; i < 100; i++) {
          assertThat(people.known(Set.of(World.person(1)))).isEmpty();
        }
        quickest = Math.min(quickest, System.nanoTime() - from);
        assertThat(asked).hasValue(CacheBounds.FAILURES);
        assertThat(people.drain().failures()).isEqualTo(100);
      }
      assertThat(Duration.ofNanos(quickest))
          .isGreaterThanOrEqualTo(CacheBounds.WAIT)
          .isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aServerThatTricklesIsLeftAlone() throws IOException {
    try (ServerSocket slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var _ = Thread.ofVirtual().start(() -> trickle(slow));
      URI url = URI.create("redis://127.0.0.1:" + slow.getLocalPort());
      AtomicInteger heard = new AtomicInteger();
      SharedPeople people = hurried(url, heard);
      at(server.url).keep(List.of(person(1, "Anna")));
      for (int i = 0; i < CacheBounds.FAILURES; i++) {
        assertThat(people.known(Set.of(World.person(1)))).isEmpty();
      }
      // The quickest of a few: a busy machine may be what took the time of one.
      int asked = 5;
      long quickest = Long.MAX_VALUE;
      for (int i = 0; i < asked; i++) {
        long from = System.nanoTime();
        assertThat(people.known(Set.of(World.person(1)))).isEmpty();
        quickest = Math.min(quickest, System.nanoTime() - from);
      }
      assertThat(Duration.ofNanos(quickest)).isLessThan(CacheBounds.WAIT);
      assertThat(people.drain().failures()).isEqualTo(CacheBounds.FAILURES + asked);
      assertThat(heard).hasValue(CacheBounds.FAILURES);
    }
  }

  /// Says that nothing is there, a letter every 30 ms.
  private static void trickle(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        while (socket.getInputStream().read(new byte[4_096]) > 0) {
          for (char letter : "$-1\r\n".toCharArray()) {
            socket.getOutputStream().write(letter);
            Thread.sleep(30);
          }
        }
      } catch (IOException e) {
        // Whoever asked has had enough, or the test is over.
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
