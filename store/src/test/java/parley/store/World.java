package parley.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import parley.messaging.Hearing;
import parley.messaging.Secret;
import parley.messaging.account.UserId;
import parley.messaging.block.Blocks;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Conversations;
import parley.messaging.conversation.PairIds;
import parley.messaging.inbox.Clearings;
import parley.messaging.inbox.Filing;
import parley.messaging.inbox.Inbox;
import parley.messaging.inbox.Projector;
import parley.messaging.inbox.Rebuild;
import parley.messaging.message.Approaches;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Messages;
import parley.messaging.message.Tails;
import parley.messaging.message.Text;
import parley.messaging.message.Vanishing;
import parley.messaging.message.Written;
import parley.messaging.retention.Sweeper;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// The messaging part of one server, wired to a table: what a process has, without HTTP.
public final class World {
  private static final AtomicLong IDS = new AtomicLong(1);

  public final Table table;
  public final InstantSource clock;
  public final MessageLog log;
  public final InboxRows rows;
  public final Tails tails;
  public final Conversations conversations;
  public final Messages messages;
  public final Hearing hearing = new Hearing();
  public final Clearings clearings;
  public final Blocks blocks;
  // Counted as ever, and nobody is refused: few tests are about that.
  public final Approaches approaches;
  public final Vanishing vanishing;
  public final SweepItems sweeps;
  public final Sweeper sweeper;
  public final Inbox inbox;
  public final Filing filing;
  public final Projector projector;

  public World(Table table, InstantSource clock) {
    this(table, clock, Vanishing.FOREVER);
  }

  /// A deployment that keeps messages for so many days.
  public World(Table table, InstantSource clock, int retentionDays) {
    this.table = table;
    this.clock = clock;
    this.log = new MessageLog(table);
    this.rows = new InboxRows(table);
    this.tails = new Tails(clock, told());
    this.conversations =
        new Conversations(
            log, new PairIds(new Secret(new byte[32])), clock, tails::knows, tails::opened);
    this.clearings = new Clearings(rows, clock, hearing);
    this.blocks = new Blocks(new BlockItems(table), clock, hearing);
    this.approaches = new Approaches(new ApproachItems(table), 10_000);
    this.vanishing = new Vanishing(clock, retentionDays);
    this.sweeps = new SweepItems(table);
    this.sweeper = new Sweeper(sweeps, sweeps, vanishing, clock);
    this.messages =
        new Messages(log, log, tails, clock, clearings, blocks, approaches, sweeper, (_, _) -> {});
    this.inbox = new Inbox(rows, log, tails, clock, vanishing);
    this.filing = new Filing(rows, inbox, log, clearings, clock);
    this.projector = new Projector(log, rows);
  }

  /// A server's: it hears what others append.
  static Hearing told() {
    Hearing told = new Hearing();
    told.follow(() -> Duration.ZERO);
    return told;
  }

  /// A table and a server of its own.
  public static World fresh() {
    return new World(TestTables.inMemory(), new TestClock());
  }

  /// Another server on the same table, with nothing in memory.
  public World restarted() {
    return new World(table, clock, vanishing.mostDays());
  }

  /// A person who needs no account: the log knows ids only.
  public static UserId person(int number) {
    byte[] bits = new byte[17];
    bits[15] = (byte) (number >> 8);
    bits[14] = (byte) number;
    bits[13] = (byte) (number >> 16);
    return UserId.of(bits);
  }

  /// A client id made now.
  public ClientId clientId() {
    return clientId(clock.instant());
  }

  public static ClientId clientId(Instant at) {
    long unique = IDS.getAndIncrement();
    return ClientId.of(at, unique, new Random(unique).nextLong());
  }

  public static Text text(String text) {
    return Text.parse(text).orThrow();
  }

  /// Sends, and expects it to be stored.
  public Entry.Message send(UserId from, ConversationId id, String text) {
    return stored(messages.send(from, id, clientId(), text(text)));
  }

  /// The message that must have been stored.
  public static Entry.Message stored(Written written) {
    if (written instanceof Written.Stored(Entry.Message message)) {
      return message;
    }
    throw new AssertionError("not stored: " + written);
  }

  public Rebuild rebuild() {
    return new Rebuild(log, rows, new TableSurvey(table));
  }

  /// A pump on the table's stream that projects with this world's projector, and hears for its
  /// tails.
  public StreamPump pump(StreamPump.Settings settings) {
    return pump(TestTables.engine().streams(), settings);
  }

  /// The same, on another client of the stream.
  public StreamPump pump(DynamoDbStreamsClient streams, StreamPump.Settings settings) {
    TableDescription description =
        TestTables.engine().client().describeTable(r -> r.tableName(table.name())).table();
    return new StreamPump(
        streams,
        table,
        description,
        "server-" + IDS.getAndIncrement(),
        projector,
        new StreamPump.Listener() {
          @Override
          public void appended(ConversationId id, Entry entry) {
            tails.heard(id, entry);
          }

          @Override
          public void accountChanged(UserId user) {}
        },
        settings,
        clock);
  }

  /// Every item of a table, as text.
  public static String everythingIn(Table table) {
    StringBuilder all = new StringBuilder();
    TestTables.engine()
        .client()
        .scanPaginator(r -> r.tableName(table.name()).consistentRead(true))
        .items()
        .forEach(item -> all.append(item).append('\n'));
    return all.toString();
  }

  /// Projects everything that is in the stream.
  public void drain() {
    try (StreamPump pump = pump(StreamPump.Settings.EMBEDDED)) {
      pump.start();
      if (!pump.awaitCaughtUp(Duration.ofMinutes(5))) {
        throw new AssertionError("the stream was not drained within five minutes");
      }
    }
  }
}
