package parley.bench;

import static parley.bench.Report.line;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import parley.engine.Engine;
import parley.host.Leaving;
import parley.host.Services;
import parley.host.Terms;
import parley.lambda.SharedPeople;
import parley.messaging.CacheUse;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.AccountStore;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.PasswordHash;
import parley.messaging.account.SharedAccounts;
import parley.messaging.account.UserId;
import parley.store.AccountItems;
import parley.store.Capabilities;
import parley.store.Table;
import parley.store.TableAdmin;
import parley.store.TableAdmin.Capacity;
import parley.store.TableDesign;
import parley.store.Units;
import parley.table.Prices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import redis.embedded.RedisServer;

/// What memory saves when pages show people: that of each instance alone, and a cache that they
/// share, a real one in a process of its own. And from how many requests on that is worth its
/// price.
///
/// Requests come in real time, since what is remembered expires by it. Few people are asked for
/// often, most seldom.
@Command(
    name = "cache",
    description =
        "What it saves that functions remember people and conversations, and share people.",
    mixinStandardHelpOptions = true)
final class CacheBench implements Callable<Integer> {
  static final long SEED = 1;
  private static final int WARM_S = 5;
  private static final String WARMING = "warm";

  @Option(names = "--seconds", description = "How long each way is measured (default: 45).")
  int seconds = 45;

  @Option(names = "--rate", description = "Requests a second, of all instances (default: 50).")
  int rate = 50;

  @Option(names = "--instances", description = "Instances of the function (default: 8).")
  int instances = 8;

  @Option(names = "--people", description = "Accounts (default: 2000).")
  int people = 2_000;

  @Option(names = "--page", description = "People whom a page shows (default: 20).")
  int page = 20;

  @Option(names = "--conversations", description = "Conversations (default: 200).")
  int conversations = 200;

  /// How people are remembered.
  private enum Way {
    NOT_AT_ALL,
    BY_EACH,
    SHARED
  }

  /// One way to remember, measured: people asked for, and whence they came.
  private record Measured(long asked, long own, long shared, double units, double ms) {}

  @Override
  public Integer call() throws Exception {
    System.out.println(Report.machine());
    RedisServer server = null;
    try (Engine engine = Engine.inMemory()) {
      int port = freePort();
      server =
          RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
      server.start();
      new TableAdmin(engine.client(), TableDesign.TABLE, Capabilities.ALL)
          .ensure(new Capacity.OnDemand());
      List<UserId> ids = populate(table(engine, Units.IGNORED));
      URI cache = URI.create("redis://127.0.0.1:" + port);
      // What is loaded and compiled by the first is not what the second is better by.
      for (Way way : Way.values()) {
        var _ = measure(engine, ids, way, cache, WARMING, WARM_S);
      }
      line(
          "%n## Pages of %d people, %d requests a second to %d instances, %d accounts%n",
          page, rate, instances, people);
      line(
          "| remembered | in the instance, %% | shared, %% | read units a 1,000 requests |"
              + " ms a 1,000 requests |");
      line("|---|---|---|---|---|");
      String own = TableDesign.TABLE;
      row("not at all", measure(engine, ids, Way.NOT_AT_ALL, cache, own, seconds));
      Measured alone = measure(engine, ids, Way.BY_EACH, cache, own, seconds);
      row("by each instance", alone);
      Measured together = measure(engine, ids, Way.SHARED, cache, own, seconds);
      row("and shared", together);
      worth(alone, together);
      talks(engine);
      return 0;
    } finally {
      if (server != null) {
        server.stop();
      }
    }
  }

  private void talks(Engine engine) throws InterruptedException {
    line(
        "%n## Sends, %d a second to %d instances, in %d conversations%n",
        rate, instances, conversations);
    TalkMemory memory =
        new TalkMemory(
            instances,
            rate,
            conversations,
            instance(table(engine, Units.IGNORED), SharedAccounts.NONE));
    TalkMemory.head();
    memory.measure("not at all", function(engine), false, seconds);
    memory.measure("by each instance", function(engine), true, seconds);
  }

  private static TalkMemory.Function function(Engine engine) {
    CountedUnits units = new CountedUnits();
    Table table = table(engine, units);
    return new TalkMemory.Function(() -> instance(table, SharedAccounts.NONE), units);
  }

  private static Services instance(Table table, SharedAccounts shared) {
    return Services.on(
        table,
        new Secret(new byte[Secret.MIN_BYTES]),
        InstantSource.system(),
        (_, _) -> {},
        Leaving.DEFAULT,
        Terms.NONE,
        shared);
  }

  private static Table table(Engine engine, Units units) {
    return new Table(engine.client(), TableDesign.TABLE, Capabilities.ALL, units);
  }

  private List<UserId> populate(Table table) {
    AccountStore store = new AccountItems(table);
    SecureRandom random = new SecureRandom();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<UserId> ids = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      Account account =
          new Account(
              UserId.random(random),
              new Handle("person" + i),
              new DisplayName("Person " + i),
              now,
              now);
      store.begin(account, new PasswordHash("none"), now.plus(Duration.ofHours(1)));
      if (!store.finish(account.id(), now)) {
        throw new IllegalStateException("an account was not made");
      }
      ids.add(account.id());
    }
    return ids;
  }

  /// `named` keeps what one run shares from the next.
  private Measured measure(
      Engine engine, List<UserId> ids, Way way, URI cache, String named, int seconds)
      throws InterruptedException {
    CountedUnits units = new CountedUnits();
    Table table = table(engine, units);
    List<SharedPeople> shared = new ArrayList<>();
    List<Services> all = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      SharedAccounts other = SharedAccounts.NONE;
      if (way == Way.SHARED) {
        SharedPeople people = new SharedPeople(cache, named, InstantSource.system());
        shared.add(people);
        other = people;
      }
      all.add(instance(table, other));
    }
    // The same requests each time.
    Random random = new Random(SEED);
    long requests = (long) seconds * rate;
    long asked = 0;
    long busy_ns = 0;
    Pace pace = new Pace(rate);
    for (long i = 0; i < requests; i++) {
      pace.await(i);
      List<UserId> wanted = pageOf(ids, random);
      int whose = random.nextInt(instances);
      Services one = way == Way.NOT_AT_ALL ? instance(table, SharedAccounts.NONE) : all.get(whose);
      long begun = System.nanoTime();
      if (one.accounts().byIds(wanted).size() != wanted.size()) {
        throw new IllegalStateException("somebody was not found");
      }
      busy_ns += System.nanoTime() - begun;
      asked += wanted.size();
    }
    List<SharedPeople.Use> uses = shared.stream().map(SharedPeople::drain).toList();
    shared.forEach(SharedPeople::close);
    long late = uses.stream().mapToLong(SharedPeople.Use::failures).sum();
    if (late > 0 && !named.equals(WARMING)) {
      line("(%d of %d requests did not get the shared cache's answer in time.)", late, requests);
    }
    long others = uses.stream().mapToLong(SharedPeople.Use::hits).sum();
    long own =
        way != Way.SHARED
            ? all.stream().map(one -> one.accounts().use()).mapToLong(CacheUse::hits).sum()
            : asked - uses.stream().mapToLong(use -> use.hits() + use.misses()).sum();
    double thousands = requests / 1_000.0;
    return new Measured(asked, own, others, units.reads() / thousands, busy_ns / 1e6 / thousands);
  }

  /// The people of somebody's page: always the same, and some of them on many pages.
  private List<UserId> pageOf(List<UserId> ids, Random random) {
    Random theirs = new Random(seldom(random, people));
    return IntStream.range(0, page)
        .mapToObj(_ -> ids.get(seldom(theirs, people)))
        .distinct()
        .toList();
  }

  /// A number below `count`, a small one more often.
  static int seldom(Random random, int count) {
    double chance = random.nextDouble();
    return (int) (chance * chance * count);
  }

  private static void row(String name, Measured its) {
    line(
        "| %s | %.1f | %.1f | %.0f | %.0f |",
        name,
        100.0 * its.own() / its.asked(),
        100.0 * its.shared() / its.asked(),
        its.units(),
        its.ms());
  }

  private static void worth(Measured alone, Measured together) {
    Prices prices = Prices.own();
    double saved = alone.units() - together.units();
    line(
        "%nShared: %.0f read units and %.0f ms saved a 1,000 requests (table and cache beside each"
            + " other, on this machine).",
        saved, alone.ms() - together.ms());
    OptionalDouble read = prices.of("read.million");
    OptionalDouble cache = prices.of("cache.month");
    OptionalDouble way = prices.of("nat.month");
    if (read.isEmpty() || cache.isEmpty() || way.isEmpty() || saved <= 0) {
      line("It never pays, or not all prices are known.");
      return;
    }
    double dollars = saved * read.getAsDouble() / 1e6 / 1_000;
    line(
        "On-demand (%s, %s) it pays from %.0f million requests a month on for the cache alone, and"
            + " from %.0f million with the network that it needs.",
        prices.region(),
        prices.date(),
        cache.getAsDouble() / dollars / 1e6,
        (cache.getAsDouble() + way.getAsDouble()) / dollars / 1e6);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
