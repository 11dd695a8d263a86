package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.AccountStore.Held;
import parley.messaging.account.DisplayName;
import parley.messaging.account.FailureStore.Failures;
import parley.messaging.account.Handle;
import parley.messaging.account.Identity;
import parley.messaging.account.PasswordHash;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.block.Block;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Head;
import parley.messaging.erasure.Claim;
import parley.messaging.erasure.Erasure;
import parley.messaging.erasure.Step;
import parley.messaging.event.Link;
import parley.messaging.inbox.Choice;
import parley.messaging.inbox.Filing.Wish;
import parley.messaging.inbox.Folder;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.InboxRow.Setting;
import parley.messaging.inbox.InboxStore.Advance;
import parley.messaging.inbox.InboxStore.Guard;
import parley.messaging.inbox.Place;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;
import parley.messaging.operator.Actor;
import parley.messaging.operator.AuditEntry;
import parley.messaging.operator.Operator;
import parley.messaging.operator.OperatorId;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.Scope;
import parley.messaging.report.Reason;
import parley.messaging.report.ReportedMessage;
import parley.store.TableDesign.Price;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// What things cost: every access pattern, and every operation that people do, in capacity units.
class PricesTest {
  private static final UserId ALICE = World.person(1);
  private static final UserId BOB = World.person(2);
  private static final Instant NOW = TestClock.START;
  private static final Handle HANDLE = new Handle("alice");
  private static final PasswordHash HASH =
      new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$" + "x".repeat(66));
  private static final ConversationId ID = ConversationId.of(new byte[17]);
  private static final RowKey ROW = new RowKey(ALICE, ID);

  /// Units by access pattern.
  private static final class Books implements Units {
    private final Map<AccessPattern, Price> prices = new HashMap<>();

    @Override
    public synchronized void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed) {
      double index =
          consumed.globalSecondaryIndexes().values().stream()
              .mapToDouble(Capacity::capacityUnits)
              .sum();
      double table = consumed.capacityUnits() - index;
      Price price =
          pattern.reads() == TableDesign.Reads.NONE
              ? new Price(0, table, 0, index)
              : new Price(table, 0, index, 0);
      prices.merge(
          pattern,
          price,
          (a, b) ->
              new Price(
                  a.read() + b.read(),
                  a.write() + b.write(),
                  a.indexRead() + b.indexRead(),
                  a.indexWrite() + b.indexWrite()));
    }

    @Override
    public void refused(AccessPattern pattern) {
      throw new AssertionError(pattern + " was refused: a price is that of success");
    }
  }

  private final Books books = new Books();
  private final Table plain = TestTables.inMemory();
  private final Table metered =
      new Table(TestTables.engine().client(), plain.name(), Capabilities.ALL, books);

  // Set up without counting; measured through the meter.
  private final MessageLog setUpLog = new MessageLog(plain);
  private final InboxRows setUpRows = new InboxRows(plain);
  private final AccountItems setUpAccounts = new AccountItems(plain);
  private final SessionItems setUpSessions = new SessionItems(plain);
  private final FailureItems setUpFailures = new FailureItems(plain);
  private final MessageLog log = new MessageLog(metered);
  private final InboxRows rows = new InboxRows(metered);
  private final AccountItems accounts = new AccountItems(metered);
  private final SessionItems sessions = new SessionItems(metered);
  private final FailureItems failures = new FailureItems(metered);
  private final TicketItems tickets = new TicketItems(metered);
  private final LinkItems links = new LinkItems(metered);
  private final LinkItems setUpLinks = new LinkItems(plain);
  private final IdentityItems identities = new IdentityItems(metered);
  private final OperatorItems operators = new OperatorItems(metered);
  private final OperatorItems setUpOperators = new OperatorItems(plain);

  private final PersonalItems personal = new PersonalItems(metered, () -> NOW);
  private final ErasureItems erasures = new ErasureItems(metered);
  private final ErasureItems setUpErasures = new ErasureItems(plain);

  private final SweepItems sweeps = new SweepItems(metered);
  private final SweepItems setUpSweeps = new SweepItems(plain);

  private static final Account ACCOUNT =
      new Account(ALICE, HANDLE, new DisplayName("Alice"), NOW, NOW);
  private static final Identity IDENTITY = new Identity("https://id.example.com", "4711");
  private static final Failures FAILURES = new Failures(4, NOW);
  private static final Session SESSION =
      new Session(new SessionId("5".repeat(64)), ALICE, NOW, NOW.plus(Duration.ofDays(30)));

  /// Every pattern has its scenario (a new one without does not compile), and costs what the design
  /// says.
  @ParameterizedTest
  @EnumSource(AccessPattern.class)
  void everyPatternCostsWhatTheDesignSays(AccessPattern pattern) {
    scenario(pattern);
    assertThat(books.prices.get(pattern)).isEqualTo(pattern.price());
  }

  private void scenario(AccessPattern pattern) {
    switch (pattern) {
      case SIGN_UP_CREDENTIAL, SIGN_UP_PROFILE ->
          accounts.begin(ACCOUNT, HASH, NOW.plusSeconds(60));
      case CLAIM_HANDLE -> accounts.claim(HANDLE, ALICE, null, null);
      case FINISH_SIGN_UP -> {
        setUpAccounts.begin(ACCOUNT, HASH, NOW.plusSeconds(60));
        accounts.finish(ALICE, NOW);
      }
      case ABANDON_SIGN_UP -> {
        setUpAccounts.begin(ACCOUNT, HASH, NOW.minusSeconds(600));
        accounts.abandon(ALICE, NOW);
      }
      case FINISH_INTRODUCTION -> {
        new IdentityItems(plain).begin(ACCOUNT, NOW.plusSeconds(60));
        identities.finish(ALICE, HANDLE, NOW);
      }
      case WISH_HANDLE -> {
        new IdentityItems(plain).begin(ACCOUNT, NOW.plusSeconds(60));
        identities.wish(ALICE, HANDLE, new Handle("alice2"), NOW);
      }
      case IDENTITY_OWNER -> {
        new IdentityItems(plain).link(IDENTITY, ALICE, null);
        identities.owner(IDENTITY);
      }
      case LINK_IDENTITY -> identities.link(IDENTITY, ALICE, null);
      case NOTE_IDENTITY -> {
        new IdentityItems(plain).link(IDENTITY, ALICE, null);
        identities.mark(IDENTITY, ALICE, "mark");
      }
      case KEEP_FOR_HEIR -> identities.keep("mark", ALICE, IDENTITY, NOW, NOW.plusSeconds(60));
      case TAKE_AS_HEIR -> {
        new IdentityItems(plain).keep("mark", ALICE, IDENTITY, NOW, NOW.plusSeconds(60));
        identities.take("mark", IDENTITY, NOW);
      }
      case HANDLE_OWNER -> {
        setUpAccounts.claim(HANDLE, ALICE, null, null);
        accounts.owner(HANDLE);
      }
      case SIGN_IN_FACTS -> {
        signedUp();
        accounts.facts(ALICE);
      }
      case PROFILE -> {
        signedUp();
        accounts.account(ALICE);
      }
      case PROFILES -> {
        signedUp();
        accounts.accounts(List.of(ALICE));
      }
      case RENAME_DISPLAY -> {
        signedUp();
        accounts.rename(ALICE, new DisplayName("Alicia"));
      }
      case END_SESSIONS -> {
        signedUp();
        accounts.endSessions(ALICE, NOW.plusSeconds(5));
      }
      case DISABLE_ACCOUNT -> {
        signedUp();
        accounts.disable(ALICE, NOW, NOW.plusSeconds(5));
      }
      case CHANGE_PASSWORD -> {
        signedUp();
        accounts.changePassword(ALICE, HASH, new PasswordHash(HASH.phc() + "y"));
      }
      case NAMES -> {
        signedUp();
        accounts.names(ALICE);
      }
      case CHANGE_HANDLE -> {
        signedUp();
        accounts.rename(
            setUpAccounts.names(ALICE), new Handle("alicia"), Map.of(HANDLE, NOW.plusSeconds(60)));
      }
      case RELEASE_HANDLE -> {
        signedUp();
        accounts.release(HANDLE, new Held(ALICE, null), NOW.plusSeconds(60));
      }
      case OUST -> {
        signedUp();
        accounts.oust(ALICE, new Handle("alicia"));
      }
      case HANDLES_BY_PREFIX -> {
        for (int i = 0; i < 10; i++) {
          setUpAccounts.claim(new Handle("alice" + i), ALICE, null, null);
        }
        accounts.handles("ali", 10);
      }
      case SESSION_START -> sessions.start(SESSION);
      case SESSION_CHECK -> {
        setUpSessions.start(SESSION);
        sessions.session(SESSION.id());
      }
      case SESSION_END -> {
        setUpSessions.start(SESSION);
        sessions.end(SESSION.id());
      }
      case TICKET_ISSUE -> tickets.issue("hash", SESSION.id(), NOW.plusSeconds(30));
      case TICKET_REDEEM -> {
        new TicketItems(plain).issue("hash", SESSION.id(), NOW.plusSeconds(30));
        tickets.redeem("hash", NOW);
      }
      case LINK_ADD, SESSION_LINK_ADD -> links.add(link(0));
      case LINKS -> {
        links(8);
        links.links(ALICE, NOW, Limits.LINKS_READ);
      }
      case SESSION_LINKS -> {
        links(8);
        links.links(SESSION.id(), NOW, Limits.LINKS_READ);
      }
      case LINK -> {
        links(1);
        links.link(ALICE, link(0).name());
      }
      case LINK_REMOVE, SESSION_LINK_REMOVE -> {
        links(1);
        links.remove(link(0));
      }
      case FAILURES -> {
        setUpFailures.count("pair", null, FAILURES, NOW);
        failures.failures("pair");
      }
      case COUNT_FAILURE -> failures.count("pair", null, FAILURES, NOW);
      case CLEAR_FAILURES -> {
        setUpFailures.count("pair", null, FAILURES, NOW);
        failures.clear("pair");
      }
      case OPEN -> log.open(head(), NOW);
      case RENEW_HEAD -> {
        setUpLog.open(head(), NOW);
        log.renew(ID, NOW.plusSeconds(600));
      }
      case LOG_END -> {
        messages(8);
        log.end(ID, 8, Consistency.STRONG);
      }
      case LOG_AFTER -> {
        messages(8);
        log.after(ID, 0, 8, Consistency.STRONG);
      }
      case LOG_BEFORE -> {
        messages(60);
        log.before(ID, 60, 50, Consistency.EVENTUAL);
      }
      case LOG_ENTRY -> {
        messages(1);
        log.entry(ID, 1);
      }
      case APPEND -> log.append(ID, message(1));
      case REWRITE -> {
        messages(1);
        log.rewrite(ID, 1, World.text("edited"), 2, Set.of(2L));
      }
      case BLANK_EDIT -> {
        messages(1);
        log.blank(ID, 1);
      }
      case SETTLE_HEAD -> {
        setUpLog.open(head(), NOW);
        log.settle(ID);
      }
      case REFLECT_STATE -> {
        setUpLog.open(head(), NOW);
        log.reflect(ID, 3, Set.of(ALICE));
      }
      case ROWS -> {
        inbox(100);
        rows.anyRows(ALICE, 101);
      }
      case INBOX_PLACES -> {
        inbox(21);
        rows.places(ALICE, Place.INBOX, null, 21);
      }
      case ROWS_BY_ID -> {
        inbox(1);
        rows.rows(ALICE, List.of(conversation(0)));
      }
      case ROW -> {
        inbox(1);
        rows.row(new RowKey(ALICE, conversation(0)));
      }
      case MARK_READ -> {
        setUpRows.advance(ROW, advance(1, NOW), new Guard.First());
        rows.markReadToEnd(ROW, 1);
      }
      case FIRST_ROW -> rows.advance(ROW, advance(1, NOW), new Guard.First());
      case ADVANCE_ROW -> {
        setUpRows.advance(ROW, advance(1, NOW), new Guard.First());
        rows.advance(ROW, advance(2, NOW), new Guard.Continues(2));
      }
      case MOVE_ROW -> {
        setUpRows.advance(ROW, advance(1, NOW), new Guard.First());
        rows.advance(ROW, advance(2, NOW.plusMillis(2)), new Guard.Continues(2));
      }
      case AMEND_ROW -> {
        setUpRows.advance(ROW, advance(1, NOW), new Guard.First());
        rows.amend(ROW, 1, "edited", 2);
      }
      case CHOOSE -> {
        setUpRows.advance(ROW, advance(1, NOW), new Guard.First());
        rows.choose(
            setUpRows.row(ROW),
            new Choice(Mark.NONE, 1, false, false, 1),
            new Place(Folder.ARCHIVE.code(), NOW, ID));
      }
      case REMOVE_ROW -> {
        setUpRows.advance(ROW, advance(1, NOW), new Guard.First());
        rows.remove(ROW);
      }
      case TABLE_OWNER -> {
        DeploymentItem.belongsTo(plain, new Secret(new byte[32]));
        DeploymentItem.belongsTo(metered, new Secret(new byte[32]));
      }
      case BLOCK -> new BlockItems(metered).block(ALICE, new Block(BOB, NOW));
      case UNBLOCK -> {
        new BlockItems(plain).block(ALICE, new Block(BOB, NOW));
        new BlockItems(metered).unblock(ALICE, BOB);
      }
      case IS_BLOCKED -> {
        new BlockItems(plain).block(ALICE, new Block(BOB, NOW));
        new BlockItems(metered).isBlocked(ALICE, BOB);
      }
      case BLOCKS -> {
        for (int i = 2; i < 12; i++) {
          new BlockItems(plain).block(ALICE, new Block(World.person(i), NOW));
        }
        new BlockItems(metered).blocks(ALICE, null, Limits.BLOCKS_PAGE);
      }
      case APPROACH -> {
        // The last one that may be: the item is at its largest, and before the change as after it.
        for (int i = 0; i < Limits.STRANGERS_A_DAY - 1; i++) {
          approach(new ApproachItems(plain), i);
        }
        approach(new ApproachItems(metered), Limits.STRANGERS_A_DAY);
      }
      case CLAIM_TABLE -> DeploymentItem.belongsTo(metered, new Secret(new byte[32]));
      case LEDGER_SEEN -> {
        new LedgerItem(plain).see("state");
        new LedgerItem(metered).seen();
      }
      case SEE_LEDGER -> new LedgerItem(metered).see("state");
      case OPERATOR_ADD -> operators.add(operator(0));
      case OPERATOR_CHECK -> {
        setUpOperators.add(operator(0));
        operators.operator(operator(0).id());
      }
      case OPERATORS -> {
        for (int i = 0; i < 10; i++) {
          setUpOperators.add(operator(i));
        }
        operators.operators(200);
      }
      case OPERATOR_REMOVE -> {
        setUpOperators.add(operator(0));
        operators.remove(operator(0).id());
      }
      case AUDIT -> operators.record(line(0), NOW.plusSeconds(60));
      case AUDIT_TRAIL -> {
        for (int i = 0; i < 60; i++) {
          setUpOperators.record(line(i), NOW.plusSeconds(60));
        }
        operators.trail(null, Limits.AUDIT_PAGE);
      }
      case REPORT -> new ReportItems(metered).keep(reported(0));
      case REPORTS -> {
        for (int i = 0; i < 8; i++) {
          new ReportItems(plain).keep(reported(i));
        }
        new ReportItems(metered).reported(null, Limits.REPORTS_PAGE);
      }
      case ANNOUNCE_ERASURE -> {
        signedUp();
        personal.announce(ALICE, NOW);
      }
      case CLOSE_ACCOUNT -> {
        signedUp();
        personal.close(ALICE, null);
      }
      case OWN_ITEMS -> {
        inbox(100);
        personal.conversations(ALICE, 100);
      }
      case FREE_HANDLE -> {
        signedUp();
        personal.release(ALICE, HANDLE);
      }
      case ERASE -> {
        signedUp();
        personal.remove(Key.credential(ALICE));
      }
      case BLANK -> {
        messages(1);
        personal.blank(ALICE, EntryItems.write(ID, message(1)), 2);
      }
      case SAVE_ERASURE -> erasures.add(erasure(0));
      case ERASURE -> {
        setUpErasures.add(erasure(0));
        erasures.job(NOW, ALICE);
      }
      case ERASURES_DUE -> {
        for (int i = 0; i < 8; i++) {
          setUpErasures.add(erasure(i));
        }
        erasures.due(NOW.plusSeconds(60), 100);
      }
      case END_ERASURE -> {
        setUpErasures.add(erasure(0));
        erasures.remove(erasure(0));
      }
      case SAVE_RECEIPT -> erasures.progress("place", Step.CLOSE, NOW, NOW);
      case RECEIPT -> {
        setUpErasures.progress("place", Step.CLOSE, NOW, NOW);
        erasures.lying("place");
      }
      case FORGET_RECEIPT -> {
        setUpErasures.progress("place", Step.CLOSE, NOW, NOW);
        erasures.forget("place");
      }
      case RETAIN_ROW -> {
        setUpRows.advance(ROW, advance(1, NOW), new Guard.First());
        rows.retain(ROW, new Setting(7, 2, 1));
      }
      case VANISH -> {
        messages(1);
        sweeps.blank(EntryItems.write(ID, message(1)));
      }
      case SWEEP -> {
        setUpSweeps.want(NOW, NOW);
        sweeps.sweep();
      }
      case WANT_SWEEP -> sweeps.want(NOW, NOW);
      case MOVE_SWEEP -> {
        setUpSweeps.want(NOW, NOW);
        sweeps.move(setUpSweeps.sweep());
      }
      case CHECKPOINT -> new Checkpoints(metered, "s", new TestClock()).take("shard", "me");
      case READ_CHECKPOINT -> {
        new Checkpoints(plain, "s", new TestClock()).take("shard", "me");
        new Checkpoints(metered, "s", new TestClock()).read("shard");
      }
      case SET_ASIDE ->
          new Checkpoints(metered, "s", new TestClock()).setAside("shard", "1", "keys", "cause");
    }
  }

  private static Link link(int number) {
    return new Link("L0SM9cOFvHcCIh" + number + "=", SESSION, NOW);
  }

  private void links(int count) {
    for (int i = 0; i < count; i++) {
      setUpLinks.add(link(i));
    }
  }

  private static Erasure erasure(int number) {
    return new Erasure(
        ALICE,
        HANDLE,
        NOW,
        NOW.plusMillis(number),
        new Claim("p".repeat(64), "k".repeat(64)),
        Step.SWEEP,
        null,
        Map.of("entry of kind message", 1_000L, "inbox row", 20L),
        1_020,
        NOW,
        1);
  }

  private static Operator operator(int number) {
    return new Operator(
        new OperatorId("o-" + (char) ('a' + number) + "a".repeat(25)),
        new OperatorName("prometheus"),
        Set.of(Scope.METRICS),
        NOW,
        NOW.plusSeconds(60));
  }

  private static AuditEntry line(int number) {
    String key = "%013d-abcdefghij".formatted(NOW.toEpochMilli() + number);
    return new AuditEntry(
        key, NOW, Actor.commandLine("root"), AuditEntry.Action.PASSWORD_RESET, ALICE.value());
  }

  private static ReportedMessage reported(int number) {
    String key = "%013d-abcdefghijklmnop-%012d".formatted(NOW.toEpochMilli(), number);
    return new ReportedMessage(
        key, NOW, ALICE, Reason.SPAM, ID, number, BOB, number, NOW, World.text("x".repeat(110)));
  }

  private static void approach(ApproachItems approaches, int number) {
    assertThat(
            approaches.approach(
                ALICE,
                conversation(number),
                LocalDate.of(2026, 1, 1),
                Limits.STRANGERS_A_DAY,
                NOW.plusSeconds(60)))
        .isTrue();
  }

  private void signedUp() {
    setUpAccounts.begin(ACCOUNT, HASH, NOW.plusSeconds(60));
    setUpAccounts.claim(HANDLE, ALICE, null, null);
    setUpAccounts.finish(ALICE, NOW);
  }

  private static Head head() {
    return new Head(ID, Head.Kind.DIRECT, Set.of(ALICE, BOB), 0, NOW.plusSeconds(60));
  }

  private static Entry.Message message(long seq) {
    Entry.Stamp stamp = new Entry.Stamp(seq, NOW, seq, 0, NOW);
    return new Entry.Message(stamp, ALICE, World.clientId(NOW), World.text("x".repeat(110)), 0);
  }

  private void messages(int count) {
    setUpLog.open(head(), NOW);
    for (int seq = 1; seq <= count; seq++) {
      setUpLog.append(ID, message(seq));
    }
  }

  private static ConversationId conversation(int number) {
    byte[] bits = new byte[17];
    bits[0] = (byte) number;
    return ConversationId.of(bits);
  }

  private void inbox(int count) {
    for (int i = 0; i < count; i++) {
      RowKey key = new RowKey(ALICE, conversation(i));
      Last last = new Last(100, 100, NOW, BOB, "x".repeat(70), 0);
      Place place = new Place(Place.INBOX, NOW.plusMillis(i), conversation(i));
      setUpRows.advance(key, new Advance(BOB, last, null, place), new Guard.First());
    }
  }

  private static Advance advance(long n, Instant movedAt) {
    Last last = new Last(n, n, NOW.plusMillis(n), BOB, "preview", 0);
    return new Advance(BOB, last, null, new Place(Place.INBOX, movedAt, ID));
  }

  // What people do.

  private final TestClock clock = new TestClock();
  private final UnitMeter path = new UnitMeter();
  private final UnitMeter stream = new UnitMeter();
  private final World server = world(path);
  private final World projection = world(stream);

  private World world(Units units) {
    World world =
        new World(
            new Table(TestTables.engine().client(), plain.name(), Capabilities.ALL, units), clock);
    // As one that follows the stream, whose memory is corrected as it goes.
    world.hearing.follow(() -> Duration.ZERO);
    return world;
  }

  /// Projects what was sent, and forgets what that cost besides the projection itself: the lease
  /// and checkpoints are counted by the pump's own tests.
  private void project(ConversationId id, int from, int to) {
    projection.projector.project(
        id, setUpLog.after(id, from - 1, to - from + 1, Consistency.STRONG));
  }

  private void assertPath(double writes, double reads) {
    assertThat(path.writes()).as("W on the request path").isEqualTo(writes);
    assertThat(path.reads()).as("R on the request path").isLessThanOrEqualTo(reads);
    path.reset();
  }

  private void assertStream(double writes, double reads) {
    assertThat(stream.writes()).as("W by the stream").isEqualTo(writes);
    assertThat(stream.reads()).as("R by the stream").isLessThanOrEqualTo(reads);
    stream.reset();
  }

  @Test
  void aConversationFromItsOpeningOn() {
    ConversationId id = server.conversations.openDirect(ALICE, BOB);
    assertPath(1, 0);
    server.send(ALICE, id, "the first");
    // 1 W: one more stranger. 1 R: has the other one blocked her? It is in memory from then on.
    assertPath(2, 1);
    project(id, 1, 1);
    assertStream(5, 1);
    server.send(BOB, id, "the second");
    assertPath(1, 1);
    project(id, 2, 2);
    // His first answer takes it out of the requests: 3 W more, once.
    assertStream(5, 0);
    clock.advance(Limits.ROW_MOVES_AFTER.plusMillis(1));
    server.send(ALICE, id, "a quarter of an hour later");
    assertPath(1, 0);
    project(id, 3, 3);
    assertStream(6, 0);
    for (int i = 4; i <= 33; i++) {
      server.send(ALICE, id, "burst " + i);
    }
    assertPath(30, 0);
    project(id, 4, 33);
    assertStream(2, 0);
    // The end that is read reaches back further than any attempt in time can.
    clock.advance(Limits.CLIENT_CLOCK_ALLOWANCE.plusSeconds(1));
    world(path).send(BOB, id, "from a server that knows nothing");
    assertPath(1, 2);
    world(stream).projector.project(id, setUpLog.after(id, 33, 1, Consistency.STRONG));
    assertStream(2, 1);
    // The other server has not heard: one lost race.
    server.send(ALICE, id, "behind");
    assertPath(2, 1);
  }

  @Test
  void editsAndUnsends() {
    ConversationId id = server.conversations.openDirect(ALICE, BOB);
    for (int i = 1; i <= 3; i++) {
      server.send(ALICE, id, "message " + i);
    }
    project(id, 1, 3);
    path.reset();
    stream.reset();
    server.messages.edit(ALICE, id, server.clientId(), 1, World.text("not the newest"));
    assertPath(1, 1);
    project(id, 4, 4);
    assertStream(1, 0);
    server.messages.edit(ALICE, id, server.clientId(), 3, World.text("the newest"));
    assertPath(1, 1);
    project(id, 5, 5);
    assertStream(3, 0);
    server.messages.unsend(ALICE, id, server.clientId(), 3);
    assertPath(1, 1);
    project(id, 6, 6);
    // The message, the edit whose text goes with it, and two rows.
    assertStream(4, 0);
  }

  @Test
  void messagesThatVanishCostNoMoreThanOthers() {
    ConversationId id = server.conversations.openDirect(ALICE, BOB);
    server.send(ALICE, id, "before");
    server.send(BOB, id, "and an answer");
    project(id, 1, 2);
    path.reset();
    stream.reset();
    server.messages.retain(BOB, id, server.clientId(), 7);
    // The entry, and that a sweep is wanted.
    assertPath(2, 1);
    project(id, 3, 3);
    assertStream(2, 0);
    server.send(ALICE, id, "for a week");
    assertPath(1, 0);
    project(id, 4, 4);
    assertStream(2, 0);
    clock.advance(Duration.ofDays(7));
    server.messages.newest(BOB, id, 50);
    assertPath(0, 2);
    // One piece: whether it is due, and its lease and its end; a preview in each row, and a text.
    server.sweeper.work();
    assertPath(5, 1);
  }

  @Test
  void marksAndHistory() {
    ConversationId id = server.conversations.openDirect(ALICE, BOB);
    for (int i = 1; i <= 60; i++) {
      server.send(ALICE, id, "x".repeat(60));
    }
    project(id, 1, 60);
    path.reset();
    server.inbox.markRead(BOB, id, 30);
    assertPath(1, 0);
    world(path).inbox.markRead(BOB, id, 60);
    assertPath(1, 0);
    // Of which 1 R is what the reader deleted for themselves, until that is in memory.
    world(path).messages.newest(BOB, id, 50);
    assertPath(0, 3.5);
    server.messages.before(BOB, id, 60, 50);
    assertPath(0, 3);
    server.messages.before(BOB, id, 60, 50);
    assertPath(0, 2);
    world(path).messages.before(BOB, id, 60, 50);
    assertPath(0, 3.5);
  }

  @Test
  void whatPeopleDecideForThemselves() {
    ConversationId id = server.conversations.openDirect(ALICE, BOB);
    server.send(ALICE, id, "the first");
    server.send(BOB, id, "the second");
    project(id, 1, 2);
    path.reset();
    stream.reset();
    server.filing.change(BOB, id, new Wish(null, true));
    assertPath(1, 1);
    server.filing.change(BOB, id, new Wish(null, true));
    assertPath(0, 1);
    server.filing.change(BOB, id, new Wish(Folder.ARCHIVE, null));
    assertPath(3, 1);
    server.send(ALICE, id, "to an archived and muted one");
    assertPath(1, 0);
    project(id, 3, 3);
    // One row is not where the projection expects it: 1 W more.
    assertStream(3, 0);
    server.filing.delete(BOB, id, null);
    assertPath(2, 2);
    server.send(ALICE, id, "brings it back");
    assertPath(1, 0);
    project(id, 4, 4);
    assertStream(4, 0);
  }

  /// A replayed record is refused by its condition, which the service bills like a write.
  @Test
  void aReplay() {
    ConversationId id = server.conversations.openDirect(ALICE, BOB);
    server.send(ALICE, id, "one");
    server.send(ALICE, id, "two");
    project(id, 1, 2);
    stream.reset();
    project(id, 2, 2);
    assertStream(2, 0);
    assertThat(setUpRows.row(new RowKey(BOB, id)).own()).isEqualTo(Mark.NONE);
    assertThat(setUpRows.row(new RowKey(ALICE, id)).own()).isEqualTo(new Mark(2, 2));
  }
}
