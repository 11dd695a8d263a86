package parley.lambda;

import static java.lang.System.Logger.Level.WARNING;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.SharedAccounts;
import parley.messaging.account.UserId;

/// People as others see them (handle, name, since when) in a cache that instances share.
///
/// Nothing waits for it for long, and nothing fails with it: where it does not answer, the table is
/// asked. Whoever changes is marked as changed for a while, during which nobody keeps anything of
/// them, and not written anew: the change stream may tell of an older change again.
public final class SharedPeople implements SharedAccounts, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SharedPeople.class.getName());
  private static final String CHANGED = "";

  private final Supplier<Shelf> shelf;
  private final String prefix;
  private final Duration life;
  private final Duration slow;
  private final Circuit circuit;

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /// At a server, for the people of one table. Nobody is connected to before somebody asks.
  public SharedPeople(URI server, String table, InstantSource clock) {
    this(server, table, clock, Patience.USUAL);
  }

  private SharedPeople(URI server, String table, InstantSource clock, Patience patience) {
    this(
        () -> new JedisShelf(server, patience.cache()),
        table,
        clock,
        CacheBounds.LIFE,
        patience.slow());
  }

  /// As a function is told; nothing is shared where it is told of no cache.
  static SharedAccounts of(Environment environment, InstantSource clock, Patience patience) {
    URI server = environment.cache();
    return server == null
        ? SharedAccounts.NONE
        : new SharedPeople(server, environment.table(), clock, patience);
  }

  SharedPeople(
      Supplier<Shelf> shelf, String table, InstantSource clock, Duration life, Duration slow) {
    this.shelf = Once.of(shelf);
    this.prefix = "parley:" + table + ":person:";
    this.life = life;
    this.slow = slow;
    this.circuit = new Circuit(clock);
  }

  /// What it was worth since this was last asked: people whom it knew, and did not; times that it
  /// did not answer.
  public record Use(long hits, long misses, long failures) {}

  public Use drain() {
    return new Use(hits.sumThenReset(), misses.sumThenReset(), failures.sumThenReset());
  }

  @Override
  public Map<UserId, Account> known(Collection<UserId> users) {
    List<UserId> asked = users.stream().limit(CacheBounds.PEOPLE).toList();
    if (asked.isEmpty()) {
      return Map.of();
    }
    List<@Nullable String> texts = ask(its -> its.get(asked.stream().map(this::name).toList()));
    if (texts == null) {
      return Map.of();
    }
    Map<UserId, Account> known = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      Account account = read(asked.get(i), texts.get(i));
      if (account != null) {
        known.put(account.id(), account);
      }
    }
    hits.add(known.size());
    misses.add(asked.size() - known.size());
    return known;
  }

  @Override
  public void keep(Collection<Account> accounts) {
    Map<String, String> texts = new LinkedHashMap<>();
    accounts.stream()
        .limit(CacheBounds.PEOPLE)
        .forEach(account -> texts.put(name(account.id()), written(account)));
    if (!texts.isEmpty()) {
      var _ =
          ask(its -> {
            its.putIfAbsent(texts, life);
            return true;
          });
    }
  }

  @Override
  public void forget(Collection<UserId> users) {
    List<String> names = new ArrayList<>(users.stream().distinct().map(this::name).toList());
    for (int from = 0; from < names.size(); from += CacheBounds.PEOPLE) {
      List<String> some = names.subList(from, Math.min(names.size(), from + CacheBounds.PEOPLE));
      var _ =
          ask(its -> {
            its.put(some, CHANGED, CacheBounds.CHANGED);
            return true;
          });
    }
  }

  private String name(UserId user) {
    return prefix + user.value();
  }

  private static String written(Account account) {
    return account.handle().value()
        + '\n'
        + account.createdAt().toEpochMilli()
        + '\n'
        + account.displayName().value();
  }

  /// Null for nothing, for somebody who has just changed, and for what is none of ours.
  private static @Nullable Account read(UserId user, @Nullable String text) {
    String[] parts = text == null ? new String[0] : text.split("\n", 3);
    if (parts.length != 3) {
      return null;
    }
    try {
      return new Account(
          user,
          new Handle(parts[0]),
          new DisplayName(parts[2]),
          Instant.ofEpochMilli(Long.parseLong(parts[1])),
          Instant.MAX);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Its answer; null where there is none, or it is not asked for now.
  private <T> @Nullable T ask(Function<Shelf, T> question) {
    if (circuit.isOpen()) {
      failures.increment();
      return null;
    }
    long from = System.nanoTime();
    try {
      T answer = question.apply(shelf.get());
      if (System.nanoTime() - from > slow.toNanos()) {
        failed("it is slow");
      } else {
        circuit.succeeded();
      }
      return answer;
    } catch (RuntimeException e) {
      failed(e.getClass().getSimpleName());
      return null;
    }
  }

  /// Neither address nor message: a password may be in them.
  private void failed(String why) {
    failures.increment();
    if (circuit.failed()) {
      LOG.log(
          WARNING,
          "The shared cache does not answer in time ({0}): the table is asked instead, and the"
              + " cache again in {1} seconds.",
          why,
          CacheBounds.LEFT_ALONE.toSeconds());
    }
  }

  @Override
  public void close() {
    shelf.get().close();
  }
}
