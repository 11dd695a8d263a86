package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.HandleChange;
import parley.messaging.account.UserId;
import parley.messaging.block.Block;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.Eraser;
import parley.messaging.inbox.Filing.Wish;
import parley.messaging.inbox.Folder;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Text;
import parley.messaging.message.Written;
import parley.messaging.report.Reason;
import parley.messaging.report.Reports;

/// People do everything there is, on two servers whose table goes wrong, and some of them are
/// erased meanwhile. From a seed, which is printed when it fails.
class MixedLivesTest {
  private static final int PEOPLE = 6;
  private static final int STEPS = 260;
  private static final double FAULTS = 0.15;

  /// So many messages and edits everybody is there for.
  private static final int ALL_TALK = 40;

  /// As often as a client tries again.
  private static final int PATIENCE = 200;

  /// What somebody wrote, as they were told; null when they took it back.
  private record Said(UserId from, @Nullable String text) {}

  /// One run, and what is known of it from the answers alone.
  private static final class Run {
    private final Random random;
    private final ErasureWorld people;
    private final TestClock clock;
    private final World calm;
    private final FaultyClient faulty;
    private final Table table;
    private final List<World> servers;
    private final AccountWorld names;
    private final Eraser eraser;
    private final List<Account> alive = new ArrayList<>();
    private final List<Account> gone = new ArrayList<>();
    private final Map<UserId, Handle> handles = new TreeMap<>();
    private final Map<UserId, Set<UserId>> blocks = new TreeMap<>();
    private final Map<ConversationId, Map<Long, Said>> logs = new TreeMap<>();
    private int number;

    Run(long seed) {
      random = new Random(seed);
      people = new ErasureWorld(TestTables.engine(), seed);
      clock = people.clock;
      calm = people.world;
      faulty = FaultyClient.of(TestTables.engine().client(), seed, FAULTS);
      table = TestTables.through(faulty.client(), calm.table);
      servers = List.of(new World(table, clock), new World(table, clock));
      names = new AccountWorld(table, clock, AccountWorld.cheapHasher());
      people.drained =
          () -> {
            calm.drain();
            return true;
          };
      eraser = people.eraser(faulty.client());
      for (int i = 0; i < PEOPLE; i++) {
        Account account = people.signUp("person_" + i, "Name-of-" + i + "-it");
        alive.add(account);
        handles.put(account.id(), account.handle());
      }
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }

    /// As whoever gets no answer: the same again, a moment later.
    private <T> T insist(Supplier<T> attempt) {
      for (int i = 0; i < PATIENCE; i++) {
        try {
          return attempt.get();
        } catch (StoreUnavailable e) {
          clock.advance(Duration.ofMillis(5));
        }
      }
      throw new AssertionError("never answered");
    }

    void step() {
      clock.advance(Duration.ofSeconds(random.nextInt(90)));
      World server = one(servers);
      Account who = one(alive);
      Account other = one(alive);
      if (who.equals(other)) {
        work();
        return;
      }
      ConversationId id = insist(() -> server.conversations.openDirect(who.id(), other.id()));
      switch (random.nextInt(14)) {
        case 0, 1, 2, 3, 4, 5 -> say(server, who.id(), id);
        case 6 -> amend(server, who.id(), id, "edit-" + ++number + "-of-" + who.id());
        case 7 -> amend(server, who.id(), id, null);
        case 8 -> block(server, who.id(), other.id());
        case 9 -> file(server, who.id(), id);
        case 10 -> rename(who.id());
        case 11 -> report(server, who.id(), id);
        case 12 -> calm.drain();
        default -> work();
      }
    }

    private void say(World server, UserId from, ConversationId id) {
      String text = "said-" + ++number + "-by-" + from;
      ClientId clientId = server.clientId();
      Written written =
          insist(() -> {
            Written tried = server.messages.send(from, id, clientId, World.text(text));
            if (tried instanceof Written.TooBusy) {
              throw new StoreUnavailable("busy", new IllegalStateException());
            }
            return tried;
          });
      noted(id, written, new Said(from, text));
    }

    private void noted(ConversationId id, Written written, Said said) {
      Entry.Authored entry =
          switch (written) {
            case Written.Stored(Entry.Authored stored) -> stored;
            case Written.Already(Entry.Authored stored) -> stored;
            default -> throw new AssertionError("not written: " + written);
          };
      long seq =
          switch (entry) {
            case Entry.Message message -> message.seq();
            case Entry.Edit edit -> edit.target();
            case Entry.Unsend unsend -> unsend.target();
            case Entry.Members _, Entry.Retention _ ->
                throw new AssertionError("nobody wrote that");
          };
      logs.computeIfAbsent(id, _ -> new TreeMap<>()).put(seq, said);
    }

    private void amend(World server, UserId from, ConversationId id, @Nullable String text) {
      List<Long> own = new ArrayList<>();
      logs.getOrDefault(id, Map.of())
          .forEach((seq, said) -> {
            if (said.from().equals(from) && said.text() != null) {
              own.add(seq);
            }
          });
      if (own.isEmpty()) {
        return;
      }
      long target = one(own);
      ClientId clientId = server.clientId();
      Written written =
          insist(() ->
              text == null
                  ? server.messages.unsend(from, id, clientId, target)
                  : server.messages.edit(from, id, clientId, target, World.text(text)));
      noted(id, written, new Said(from, text));
    }

    private void block(World server, UserId who, UserId other) {
      Set<UserId> blocked = blocks.computeIfAbsent(who, _ -> new HashSet<>());
      if (blocked.remove(other)) {
        insist(() -> {
          server.blocks.unblock(who, other);
          return true;
        });
      } else {
        blocked.add(other);
        insist(() -> {
          server.blocks.block(who, other);
          return true;
        });
      }
    }

    private void file(World server, UserId who, ConversationId id) {
      boolean muted = random.nextBoolean();
      Folder folder = random.nextBoolean() ? Folder.ARCHIVE : Folder.INBOX;
      int what = random.nextInt(3);
      insist(() ->
          Objects.requireNonNullElse(
              switch (what) {
                case 0 -> server.filing.delete(who, id, null);
                case 1 -> server.filing.change(who, id, new Wish(null, muted));
                default -> server.filing.change(who, id, new Wish(folder, null));
              },
              "there is no row yet"));
    }

    private void rename(UserId who) {
      Handle wanted = new Handle("renamed_" + random.nextInt(4));
      HandleChange change = insist(() -> names.accounts.changeHandle(who, wanted));
      if (change instanceof HandleChange.Changed(Account account)) {
        handles.put(who, account.handle());
      }
    }

    private void report(World server, UserId who, ConversationId id) {
      Reports reports =
          new Reports(new ReportItems(table), server.messages, ErasureWorld.SECRET, clock);
      ClientId clientId = server.clientId();
      long seq = random.nextLong(1, 9);
      insist(() -> reports.report(who, id, clientId, seq, Reason.OTHER));
    }

    /// Erasures go on, or one more is asked for.
    private void work() {
      if (number > ALL_TALK && alive.size() > PEOPLE / 2 && random.nextInt(4) == 0) {
        Account leaving = alive.remove(random.nextInt(alive.size()));
        gone.add(leaving);
        handles.remove(leaving.id());
        insist(() -> {
          clock.advance(Duration.ofMillis(1));
          return people.erasures(table, Duration.ZERO).ask(leaving);
        });
      }
      for (int i = 0; i < 5; i++) {
        try {
          if (!eraser.work()) {
            clock.advance(Duration.ofSeconds(30));
          }
        } catch (StoreUnavailable e) {
          clock.advance(Duration.ofMinutes(1));
        }
      }
    }

    /// Everything calms down, and comes to its end.
    void end() {
      people.finish();
      calm.drain();
    }
  }

  /// `-Dparley.seeds=5-40` tries others.
  static LongStream seeds() {
    String[] range = System.getProperty("parley.seeds", "1-4").split("-", 2);
    return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[1]));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasAnsweredHoldsAndWhoIsGoneIsGone(long seed) {
    Run run = new Run(seed);
    for (int i = 0; i < STEPS; i++) {
      run.step();
    }
    run.end();
    String where = "seed " + seed;
    assertThat(run.faulty.faults()).as(where).isGreaterThan(100);
    assertThat(run.gone).as(where).isNotEmpty();
    assertThat(run.calm.rebuild().run(false).differences()).as(where).isEmpty();
    logsAreAsTheyWereAnswered(run, where);
    namesAndBlocksAreThoseOfTheLiving(run, where);
    for (Account gone : run.gone) {
      reportsAside(run, gone, where);
      assertThat(PersonalSearch.of(run.calm.table, gone.id())).as(where).isEmpty();
      assertThat(run.people.ledger).as(where).contains(gone.id());
    }
  }

  private static void logsAreAsTheyWereAnswered(Run run, String where) {
    Set<UserId> gone = new HashSet<>();
    run.gone.forEach(account -> gone.add(account.id()));
    assertThat(run.logs).as(where).hasSizeGreaterThan(3);
    run.logs.forEach((id, said) -> {
      List<Entry> log = run.calm.log.after(id, 0, 2_000, Consistency.STRONG);
      for (int i = 0; i < log.size(); i++) {
        assertThat(log.get(i).seq()).as(where).isEqualTo(i + 1);
      }
      Set<Long> messages = new HashSet<>();
      log.forEach(entry -> {
        if (entry instanceof Entry.Message message) {
          messages.add(message.seq());
          Said known = said.get(message.seq());
          assertThat(known).as(where + ": nobody was told of " + id + " " + message).isNotNull();
          boolean left = gone.contains(known.from());
          assertThat(message.from()).as(where).isEqualTo(left ? UserId.NOBODY : known.from());
          assertThat(seenByItsSender(message))
              .as(where + ", entry " + message.seq() + " of " + id)
              .isEqualTo(left ? null : known.text());
        }
      });
      assertThat(messages).as(where).isEqualTo(said.keySet());
    });
  }

  /// An edit that is hidden from whoever blocked its sender is seen by them alone.
  private static @Nullable String seenByItsSender(Entry.Message message) {
    Entry.Aside aside = message.aside();
    Text text =
        message.text() != null && aside != null && aside.rev() > message.rev()
            ? aside.text()
            : message.text();
    return text == null ? null : text.value();
  }

  private static void namesAndBlocksAreThoseOfTheLiving(Run run, String where) {
    AccountItems accounts = new AccountItems(run.calm.table);
    BlockItems blocks = new BlockItems(run.calm.table);
    Set<UserId> living = new HashSet<>();
    run.alive.forEach(account -> living.add(account.id()));
    assertThat(run.handles.keySet()).as(where).isEqualTo(living);
    assertThat(new HashSet<>(run.handles.values())).as(where).hasSize(living.size());
    run.handles.forEach((user, handle) -> {
      assertThat(accounts.held(handle).user()).as(where).isEqualTo(user);
      assertThat(accounts.account(user).handle()).as(where).isEqualTo(handle);
    });
    for (UserId user : living) {
      Set<UserId> expected = new HashSet<>(run.blocks.getOrDefault(user, Set.of()));
      expected.retainAll(living);
      assertThat(blocks.blocks(user, null, 100))
          .as(where)
          .extracting(Block::blocked)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /// What others reported of them stays for its time; nothing else is left.
  private static void reportsAside(Run run, Account gone, String where) {
    assertThat(run.people.containing(gone.id().value(), gone.displayName().value()))
        .as(where)
        .allMatch(found -> found.contains("SK=AttributeValue(S=REPORT#"));
  }
}
