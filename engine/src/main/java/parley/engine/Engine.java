package parley.engine;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/// A DynamoDB inside this process, in memory or in a [DataFolder].
///
/// It is Amazon's DynamoDB Local, whose licence allows development, testing and evaluation only: a
/// deployment that people rely on uses Amazon DynamoDB. Its telemetry is never turned on, so it
/// opens no connection to anywhere.
///
/// Safe for use by many threads at once. Some of the database's threads are not daemons: a program
/// that forgets to [#close()] an engine does not end.
public final class Engine implements AutoCloseable {
  /// The longest that [#close()] waits for the database to finish what it was doing.
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /// How often those of the database's threads that sleep are woken, while they should end.
  private static final Duration WAKE_STEP = Duration.ofMillis(50);

  /// How the names begin of the threads that write, which must finish what was asked of them.
  private static final String WRITER = "SQLiteQueue";

  private static final System.Logger LOG = System.getLogger(Engine.class.getName());

  private final AmazonDynamoDBLocal database;
  private final ThreadGroup threads;
  private final @Nullable DataFolder folder;
  private final DynamoDbClient client;
  private final DynamoDbStreamsClient streams;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Engine(AmazonDynamoDBLocal database, ThreadGroup threads, @Nullable DataFolder folder) {
    this.database = database;
    this.threads = threads;
    this.folder = folder;
    this.client = database.dynamoDbClient();
    this.streams = database.dynamoDbStreamsClient();
  }

  /// An engine that forgets everything when it is closed.
  public static Engine inMemory() {
    return start(null, null);
  }

  /// An engine that keeps its data in `folder`, which it owns from here on: closing the engine
  /// closes the folder, and so does a failure to start.
  ///
  /// Makes sure of the deployment's secret first, for a database must never exist without one.
  ///
  /// @throws DataFolderUnusable if the folder's secret is missing or damaged, or its database
  ///   cannot be opened
  public static Engine onDisk(DataFolder folder) {
    try {
      folder.prepareDatabase();
      return start(folder.databaseFile().toFile(), folder);
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  private static Engine start(@Nullable File file, @Nullable DataFolder folder) {
    Quiet.engine();
    // The database starts threads and offers no way to wait for their end. But a thread is born
    // into its parent's group: whatever this group holds at closing time is the database's.
    ThreadGroup threads = new ThreadGroup("parley-engine");
    FutureTask<AmazonDynamoDBLocal> opening =
        new FutureTask<>(() -> DynamoDBEmbedded.create(file, true));
    Thread starter = new Thread(threads, opening, "parley-engine-start");
    starter.setDaemon(true);
    starter.start();
    try {
      AmazonDynamoDBLocal database = opening.get();
      StreamIndex.make(database);
      return new Engine(database, threads, folder);
    } catch (ExecutionException e) {
      abandon(threads);
      if (file == null) {
        throw new IllegalStateException("the embedded database could not be opened", e);
      }
      throw new DataFolderUnusable(
          "The embedded database in " + file + " could not be opened: " + e.getCause(), e);
    } catch (InterruptedException e) {
      abandon(threads);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while opening the embedded database", e);
    }
  }

  /// The client of this database's tables. It needs no region, credentials or network.
  public DynamoDbClient client() {
    return client;
  }

  /// The client of this database's streams.
  public DynamoDbStreamsClient streams() {
    return streams;
  }

  /// Stops the database, then frees its folder. Calls under way finish first; later calls fail.
  ///
  /// Returns within [#CLOSE_LIMIT]. Should the database not have stopped by then, the folder stays
  /// locked until this process ends: freeing it would let another process write beside this one.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    long deadline_ns = System.nanoTime() + CLOSE_LIMIT.toNanos();
    // "Now" cuts short only the sleep of housekeeping threads; the database finishes its queue.
    Thread stopper = new Thread(database::shutdownNow, "parley-engine-stop");
    stopper.setDaemon(true);
    stopper.start();
    boolean stopped = joined(stopper, deadline_ns) && allEnded(threads, deadline_ns, false);
    if (!stopped) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The embedded database did not stop within {0} s.",
          CLOSE_LIMIT.toSeconds());
    } else if (folder != null) {
      folder.close();
    }
  }

  /// Ends the threads of a database that did not open. Left alone, they would keep this process
  /// from ending, and try again every few seconds, each time in a new thread.
  private static void abandon(ThreadGroup threads) {
    boolean _ = allEnded(threads, System.nanoTime() + CLOSE_LIMIT.toNanos(), true);
  }

  /// Whether no thread of the group is left, having waited for those that there were, and for those
  /// that were born meanwhile.
  ///
  /// The database tells its threads once to end, and housekeeping that had hardly begun can miss
  /// that: it would sleep for ten seconds. So whoever sleeps is woken again.
  ///
  /// @param writers whether those that write are woken too, as they need not finish anything
  private static boolean allEnded(ThreadGroup threads, long deadline_ns, boolean writers) {
    while (true) {
      Thread[] living = new Thread[threads.activeCount() + 64];
      int count = threads.enumerate(living);
      if (count == 0) {
        return true;
      }
      long now_ns = System.nanoTime();
      if (now_ns - deadline_ns >= 0) {
        return false;
      }
      long step_ns = Math.min(deadline_ns - now_ns, WAKE_STEP.toNanos());
      for (int i = 0; i < count; i++) {
        joined(living[i], now_ns + step_ns);
      }
      for (int i = 0; i < count; i++) {
        if (writers || !living[i].getName().startsWith(WRITER)) {
          living[i].interrupt();
        }
      }
    }
  }

  @CanIgnoreReturnValue
  private static boolean joined(Thread thread, long deadline_ns) {
    // Whoever closes an engine wants the folder free, so an interrupt is kept for afterwards.
    boolean interrupted = false;
    try {
      while (true) {
        long left_ns = deadline_ns - System.nanoTime();
        if (left_ns <= 0) {
          return !thread.isAlive();
        }
        try {
          return thread.join(Duration.ofNanos(left_ns));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
