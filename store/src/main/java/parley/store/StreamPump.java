package parley.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.Account;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.Projector;
import parley.messaging.message.Entry;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Reads the table's change stream: every shard, parents before children, for as long as the
/// process runs. What it reads goes to the [Listener] of this process, and, where this process owns
/// the lease of a shard, to the [Projector].
public final class StreamPump implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StreamPump.class.getName());

  /// Conversations projected at the same time: enough to hide round trips, few enough to leave the
  /// table to the people who send.
  private static final int PROJECTIONS_AT_ONCE = 4;

  /// How much longer the pump rests after a batch than the batch took, and the longest rest. So it
  /// takes at most a quarter of the table's time from those who send, and under load batches grow:
  /// a row that moved ten times is written once. What is live does not wait for it.
  private static final int REST_FACTOR = 3;

  private static final Duration REST = Duration.ofSeconds(1);

  /// How this process polls.
  ///
  /// - `shardsEvery`: how often it looks for new shards.
  /// - `pollMin`, `pollMax`: pause after a read that brought something, and the longest after ones
  ///   that brought nothing. GetRecords is billed, and the service takes five a second for a shard.
  /// - `checkpointEvery`: at most one checkpoint a shard in this time.
  /// - `takeOverAfter`: how long work may wait before another server takes the lease.
  public record Settings(
      Duration shardsEvery,
      Duration pollMin,
      Duration pollMax,
      Duration checkpointEvery,
      Duration takeOverAfter) {
    /// For the engine in this process, where a poll costs no money.
    public static final Settings EMBEDDED =
        new Settings(
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    /// For the service.
    public static final Settings REMOTE =
        new Settings(
            Duration.ofSeconds(30),
            Duration.ofMillis(250),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));
  }

  /// What this process does with what it hears, whoever projects.
  public interface Listener {
    void appended(ConversationId id, Entry entry);

    void accountChanged(UserId user);

    /// The same, with what the account is now.
    default void accountIs(Account account) {}

    /// The same, where it is no account: not yet, or no longer.
    default void accountIsNone(UserId user) {}

    /// A row changed; `byReader` says that a read mark did.
    default void rowChanged(InboxRow row, boolean byReader) {}

    /// A block came, or went.
    default void blockChanged(UserId blocker, UserId blocked, boolean isThere) {}

    /// A session was ended, or ran out long ago.
    default void sessionEnded(SessionId session) {}

    /// Any item changed, whatever it is; `gone` says that it is not there any more. Told before
    /// what the change means.
    default void itemChanged(String pk, String sk, boolean gone, Instant at) {}
  }

  private final DynamoDbStreamsClient streams;
  private final Table table;
  private final TableDescription description;
  private final String owner;
  private final Projector projector;
  private final Listener listener;
  private final Settings settings;
  private final InstantSource clock;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore projections = new Semaphore(PROJECTIONS_AT_ONCE);
  private final AtomicLong setAside = new AtomicLong();
  private final Progress progress = new Progress();
  private final Map<String, Duration> pauses = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition nudged = lock.newCondition();
  private long nudges;
  private volatile boolean closed;

  /// `owner` names this process among the servers of the table.
  public StreamPump(
      DynamoDbStreamsClient streams,
      Table table,
      TableDescription description,
      String owner,
      Projector projector,
      Listener listener,
      Settings settings,
      InstantSource clock) {
    this.streams = streams;
    this.table = table;
    this.description = description;
    this.owner = owner;
    this.projector = projector;
    this.listener = listener;
    this.settings = settings;
    this.clock = clock;
  }

  public void start() {
    ChangeStream stream = new ChangeStream(streams, table, description);
    Thread.ofVirtual()
        .name("stream-shards")
        .start(
            new Shards(
                this,
                stream,
                label -> new Checkpoints(table, label, clock),
                threads,
                settings,
                progress));
  }

  /// There is something to read: do not wait for the next poll.
  public void nudge() {
    lock.lock();
    try {
      nudges++;
      nudged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Records set aside since this process started.
  public long setAsideCount() {
    return setAside.get();
  }

  /// How long ago all that there was of the stream had been read, of the shard that is furthest
  /// behind. While nothing happens, that is how often it is polled; where the stream has ended, how
  /// long ago it did.
  public Duration behind() {
    return progress.behind();
  }

  /// Waits until everything that is in the stream now has been read and handled; false if that took
  /// longer than `atMost`.
  public boolean awaitCaughtUp(Duration atMost) {
    long from = System.nanoTime();
    while (System.nanoTime() - from < atMost.toNanos()) {
      nudge();
      if (progress.isPast(from)) {
        return true;
      }
      sleep(Duration.ofMillis(5));
    }
    return false;
  }

  /// Projects groups of entries side by side; a fault that passes is thrown when all have ended.
  List<Projector.Poison> project(Map<ConversationId, List<Entry>> groups) {
    List<Future<List<Projector.Poison>>> running = new ArrayList<>();
    groups.forEach((id, entries) ->
        running.add(
            threads.submit(() -> {
              projections.acquire();
              try {
                return projector.project(id, entries);
              } finally {
                projections.release();
              }
            })));
    List<Projector.Poison> poison = new ArrayList<>();
    StoreUnavailable unavailable = null;
    for (Future<List<Projector.Poison>> one : running) {
      try {
        poison.addAll(one.get());
      } catch (ExecutionException e) {
        unavailable =
            e.getCause() instanceof StoreUnavailable passing
                ? passing
                : new StoreUnavailable("a projection failed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreUnavailable("interrupted while projecting", e);
      }
    }
    if (unavailable != null) {
      throw unavailable;
    }
    return poison;
  }

  long nudges() {
    lock.lock();
    try {
      return nudges;
    } finally {
      lock.unlock();
    }
  }

  /// After a read that was asked at `asked`: waits, the longer the more reads in a row brought
  /// nothing.
  void idle(String shard, boolean empty, long asked, long nudgesSeen) {
    if (!empty) {
      pauses.put(shard, settings.pollMin());
      Duration wanted = Duration.ofNanos(System.nanoTime() - asked).multipliedBy(REST_FACTOR);
      Duration rest = wanted.compareTo(REST) < 0 ? wanted : REST;
      sleep(rest.compareTo(settings.pollMin()) > 0 ? rest : settings.pollMin());
      return;
    }
    progress.caughtUp(shard, asked);
    Duration pause = pauses.getOrDefault(shard, settings.pollMin());
    Duration longer = pause.isZero() ? Duration.ofMillis(1) : pause.multipliedBy(2);
    pauses.put(shard, longer.compareTo(settings.pollMax()) > 0 ? settings.pollMax() : longer);
    // Even a nudge waits the shortest pause: the service takes five reads a second.
    sleep(settings.pollMin());
    if (awaitNudge(pause, nudgesSeen)) {
      pauses.put(shard, settings.pollMin());
    }
  }

  /// Waits for a nudge after the first `seen` of them; one that came meanwhile counts.
  boolean awaitNudge(Duration atMost, long seen) {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!closed && nudges == seen && left > 0) {
        left = nudged.awaitNanos(left);
      }
      return nudges != seen;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  void sleep(Duration time) {
    if (!time.isZero() && !closed) {
      try {
        Thread.sleep(time);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void unavailable(String shard, RuntimeException e) {
    if (!closed) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The change stream cannot be followed just now (shard {0}): {1}. Inboxes fall behind;"
              + " nothing is lost.",
          shard,
          e.toString());
    }
  }

  void setAside() {
    setAside.incrementAndGet();
  }

  boolean isClosed() {
    return closed;
  }

  DynamoDbStreamsClient streams() {
    return streams;
  }

  String owner() {
    return owner;
  }

  Settings settings() {
    return settings;
  }

  Listener listener() {
    return listener;
  }

  Table table() {
    return table;
  }

  /// Lets the readers finish what they are at, and remembers how far they came.
  @Override
  public void close() {
    closed = true;
    nudge();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      threads.shutdownNow();
    }
  }
}
