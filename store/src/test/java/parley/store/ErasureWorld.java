package parley.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import parley.engine.Engine;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.PasswordHash;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.Claim;
import parley.messaging.erasure.Eraser;
import parley.messaging.erasure.ErasureLedger;
import parley.messaging.erasure.Erasures;
import parley.messaging.erasure.Receipts;
import parley.messaging.export.ExportShelf;
import parley.messaging.operator.Actor;
import parley.messaging.operator.AuditEntry;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A few people who have written to each other, and what erases them.
final class ErasureWorld {
  static final Secret SECRET = new Secret(new byte[32]);
  private static final PasswordHash HASH =
      new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$" + "x".repeat(66));

  final TestClock clock = new TestClock();
  final World world;
  final AccountItems accounts;
  final SessionItems sessions;
  ExportShelf archives = ExportShelf.NONE;
  final Receipts receipts = new Receipts(SECRET, List.of("in backups, for 35 days"), false);
  BooleanSupplier drained = () -> true;
  final Set<UserId> ledger = new TreeSet<>();

  private final Engine engine;

  // Always the same people: by chance an id would hold one of the texts that are looked for.
  private final Random ids;

  ErasureWorld() {
    this(TestTables.engine(), 1);
  }

  /// On an engine of its own.
  ErasureWorld(Engine engine) {
    this(engine, 1);
  }

  /// With the people of this seed.
  ErasureWorld(Engine engine, long seed) {
    this.engine = engine;
    this.ids = new Random(seed);
    String name = "parley-" + UUID.randomUUID();
    new TableAdmin(engine.client(), name, Capabilities.ALL)
        .ensure(new TableAdmin.Capacity.OnDemand());
    this.world =
        new World(new Table(engine.client(), name, Capabilities.ALL, Units.IGNORED), clock);
    this.accounts = new AccountItems(world.table);
    this.sessions = new SessionItems(world.table);
  }

  Account signUp(String handle, String name) {
    byte[] bits = new byte[17];
    ids.nextBytes(bits);
    Account account =
        new Account(
            UserId.of(bits),
            new Handle(handle),
            new DisplayName(name),
            clock.instant(),
            clock.instant());
    accounts.begin(account, HASH, clock.instant().plusSeconds(60));
    accounts.claim(account.handle(), account.id(), null, null);
    accounts.finish(account.id(), clock.instant());
    return account;
  }

  void signIn(Account account, int number) {
    sessions.start(
        new Session(
            new SessionId("%x".formatted(number + 1).repeat(64).substring(0, 64)),
            account.id(),
            clock.instant(),
            clock.instant().plus(Duration.ofDays(30))));
  }

  ConversationId open(Account one, Account other) {
    return world.conversations.openDirect(one.id(), other.id());
  }

  /// A line of the audit trail about somebody.
  void audited(Account account) {
    new OperatorItems(world.table)
        .record(
            new AuditEntry(
                "%013d-abcdefghij".formatted(clock.instant().toEpochMilli()),
                clock.instant(),
                Actor.commandLine("root"),
                AuditEntry.Action.PASSWORD_RESET,
                account.id().value()),
            clock.instant().plus(Limits.AUDIT_LIFE));
  }

  Erasures erasures() {
    return erasures(Duration.ZERO);
  }

  /// With a grace period.
  Erasures erasures(Duration grace) {
    return erasures(world.table, grace);
  }

  Erasures erasures(Table table, Duration grace) {
    ErasureItems items = new ErasureItems(table);
    return new Erasures(
        items, new PersonalItems(table, clock), items, grace, clock, new SecureRandom());
  }

  /// Asks for an erasure without grace; its code.
  String ask(Account account) {
    if (erasures().ask(account) instanceof Erasures.Asked.Done(var _, var code)) {
      return code;
    }
    throw new AssertionError("not asked");
  }

  /// What erases, through this client.
  Eraser eraser(DynamoDbClient client) {
    return eraser(TestTables.through(client, world.table));
  }

  /// What erases, on this table.
  Eraser eraser(Table table) {
    ErasureItems items = new ErasureItems(table);
    return new Eraser(
        items,
        new PersonalItems(table, clock),
        items,
        new ErasureLedger() {
          @Override
          public void add(UserId user) {
            ledger.add(user);
          }

          @Override
          public boolean names(UserId user) {
            return ledger.contains(user);
          }

          @Override
          public String state() {
            return ledger.isEmpty() ? "" : Integer.toString(ledger.size());
          }
        },
        archives,
        receipts,
        new MessageLog(table),
        () -> drained.getAsBoolean(),
        clock,
        new SecureRandom());
  }

  Eraser eraser() {
    return eraser(engine.client());
  }

  /// Works until every erasure is done.
  void finish() {
    Eraser eraser = eraser();
    for (int i = 0; i < 1_000; i++) {
      if (!eraser.work()) {
        if (erasures().all(10).isEmpty()) {
          return;
        }
        clock.advance(Duration.ofHours(1));
      }
    }
    throw new AssertionError("it does not end");
  }

  Erasures.Status claim(String code) {
    return erasures().claim(((Parsed.Good<Claim>) Claim.parse(code)).value());
  }

  List<Map<String, AttributeValue>> items() {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    engine.client().scanPaginator(r -> r.tableName(world.table.name())).items().forEach(items::add);
    return items;
  }

  List<Map<String, AttributeValue>> index() {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    engine
        .client()
        .scanPaginator(r -> r.tableName(world.table.name()).indexName(TableDesign.INBOX_INDEX))
        .items()
        .forEach(items::add);
    return items;
  }

  /// Items of the table and of the index in which one of these texts is, as bytes. A short one
  /// needs a character that base 64 has not: what is sealed could hold any other by chance.
  List<String> containing(String... texts) {
    List<String> found = new ArrayList<>();
    List<Map<String, AttributeValue>> all = new ArrayList<>(items());
    all.addAll(index());
    for (Map<String, AttributeValue> item : all) {
      String shown = item.toString();
      for (String text : texts) {
        if (shown.contains(text)) {
          found.add(text + " in " + shown);
        }
      }
    }
    return found;
  }
}
