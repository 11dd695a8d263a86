package parley.store;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.StoreUnavailable;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Reads the table's change stream for one reader of its own name, whatever the projection does:
/// from where it was left, by one server at a time, and by another one when that one is gone.
///
/// A reader that does not come on stands still alone. What it was told last it is told again after
/// a crash. A reader that is new hears what happens from then on.
public final class StreamFollower implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StreamFollower.class.getName());

  /// How long it may take to end.
  private static final Duration END = Duration.ofSeconds(5);

  /// How often a position is remembered that nothing has come of: well before the stream forgets
  /// it.
  private static final Duration IDLE_POSITION = Duration.ofHours(1);

  private static final Duration STREAM_KEEPS = Duration.ofHours(24);

  /// How it reads.
  ///
  /// - `pause`: after a round that brought nothing.
  /// - `shardsEvery`: how often it looks for new shards.
  /// - `rememberEvery`: how often it is written down how far it has come, at most, and that its
  ///   server lives.
  /// - `takeOverAfter`: how long a server may show no life before another one goes on.
  public record Pace(
      Duration pause, Duration shardsEvery, Duration rememberEvery, Duration takeOverAfter) {
    /// As the projection of the same table does.
    public static Pace of(StreamPump.Settings polling) {
      return new Pace(
          polling.pollMax(),
          polling.shardsEvery(),
          polling.checkpointEvery(),
          polling.takeOverAfter());
    }
  }

  /// Whoever is told.
  public interface Reader {
    /// Takes what happened, in order; comes back when it need not be told again.
    void read(List<Happening> happenings) throws InterruptedException, GoneAway;

    /// Records were lost: the stream keeps them for 24 hours, and they were not read for longer; or
    /// the table has another stream since.
    void lost();
  }

  /// A reader wants to be told nothing more, until a server starts anew.
  public static final class GoneAway extends Exception {
    private static final long serialVersionUID = 1;
  }

  private final DynamoDbStreamsClient streams;
  private final Table table;
  private final ChangeStream stream;
  private final String name;
  private final String owner;
  private final Reader reader;
  private final Pace pace;
  private final InstantSource clock;
  private final Thread thread;
  private volatile boolean closed;

  /// Of the stream that there is: each has its own.
  private Checkpoints checkpoints;

  private volatile FollowerLease lease;

  /// When the oldest happened of what is being told, null where nothing is.
  private volatile @Nullable Instant oldest;

  /// `name` is the reader's, `owner` this process's among the servers of the table.
  public StreamFollower(
      DynamoDbStreamsClient streams,
      Table table,
      TableDescription description,
      String name,
      String owner,
      Reader reader,
      Pace pace,
      InstantSource clock) {
    this.streams = streams;
    this.table = table;
    this.stream = new ChangeStream(streams, table, description);
    this.name = name;
    this.owner = owner;
    this.reader = reader;
    this.pace = pace;
    this.clock = clock;
    this.checkpoints = checkpoints();
    this.lease = new FollowerLease(checkpoints, owner, pace, clock);
    this.thread = Thread.ofVirtual().name("follower-" + name).unstarted(this::run);
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(table, stream.label() + "#" + name, clock);
  }

  public void start() {
    thread.start();
  }

  /// How long ago that happened which the reader is being told; zero where it has been told all, or
  /// another server tells it.
  public Duration behind() {
    Instant since = oldest;
    if (since == null) {
      return Duration.ZERO;
    }
    Duration behind = Duration.between(since, clock.instant());
    return behind.isNegative() ? Duration.ZERO : behind;
  }

  private void run() {
    while (!closed) {
      try {
        lease.take();
        try (FollowerLease.Beat _ = lease.beat(Thread.currentThread())) {
          LOG.log(INFO, "This server reads the change stream for {0}.", name);
          follow();
        } finally {
          oldest = null;
        }
      } catch (GoneAway e) {
        lease.giveUp();
      } catch (InterruptedException e) {
        // Told to end, or somebody else has the lease: the loop says which.
      } catch (RuntimeException e) {
        unavailable(e);
      }
    }
    boolean _ = Thread.interrupted();
    lease.release();
  }

  private void unavailable(RuntimeException e) {
    if (closed || Thread.interrupted()) {
      return;
    }
    LOG.log(
        WARNING,
        "The change stream cannot be read just now for {0}: {1}. It is tried again; nothing is"
            + " lost.",
        name,
        e.toString());
    try {
      Thread.sleep(pace.pause().plusMillis(500));
    } catch (InterruptedException interrupted) {
      // As above.
    }
  }

  /// How far each shard was read.
  private final class Place {
    private final ShardCursor cursor;
    private boolean told;
    private long savedAt = System.nanoTime();

    Place(ShardCursor cursor) {
      this.cursor = cursor;
    }

    void rememberNowAndThen() {
      Duration since = Duration.ofNanos(System.nanoTime() - savedAt);
      if (since.compareTo(told ? pace.rememberEvery() : IDLE_POSITION) >= 0) {
        remember();
      }
    }

    void remember() {
      String position = cursor.position();
      if (position != null) {
        // False where somebody else has taken over: the beat notices.
        boolean _ = checkpoints.save(cursor.shard(), owner, position);
      }
      told = false;
      savedAt = System.nanoTime();
    }
  }

  private void follow() throws InterruptedException, GoneAway {
    Map<String, Place> places = new HashMap<>();
    Set<String> done = new HashSet<>();
    long looked = 0;
    List<Shard> shards = List.of();
    try {
      while (!closed) {
        if (shards.isEmpty() || System.nanoTime() - looked > pace.shardsEvery().toNanos()) {
          shards = stream.look().shards();
          looked = System.nanoTime();
          if (shards.stream().allMatch(shard -> done.contains(shard.shardId())) && goesOn()) {
            return;
          }
        }
        boolean moved = false;
        for (Shard shard : ready(shards, done)) {
          Place place = places.get(shard.shardId());
          if (place == null) {
            place = new Place(opened(shard, isOldest(shard, shards)));
            places.put(shard.shardId(), place);
          }
          moved |= step(place);
          if (place.cursor.isAtEnd()) {
            place.remember();
            places.remove(shard.shardId());
            done.add(shard.shardId());
            moved = true;
          }
        }
        if (!moved) {
          oldest = null;
          Thread.sleep(pace.pause());
        }
      }
    } finally {
      if (!Thread.interrupted() || closed) {
        rememberAll(places);
      }
    }
  }

  /// Whether the table has another stream since, at which this reader is new. It is told that it
  /// may have missed something: what happened between the two is in neither.
  private boolean goesOn() {
    if (!stream.isAnother()) {
      return false;
    }
    lost();
    lease.release();
    checkpoints = checkpoints();
    lease = new FollowerLease(checkpoints, owner, pace, clock);
    return true;
  }

  private void rememberAll(Map<String, Place> places) {
    try {
      places.values().stream().filter(place -> place.told).forEach(Place::remember);
    } catch (RuntimeException e) {
      // It is told again from a little earlier on.
    }
  }

  /// Where it goes on: where it was left, or at the oldest record, of which those are passed over
  /// that came before this reader.
  private ShardCursor opened(Shard shard, boolean isOldest) {
    String position = checkpoints.take(shard.shardId(), owner).position();
    String parent = shard.parentShardId();
    if (position == null && parent != null && isOldest && isUnread(parent)) {
      lost();
    }
    return new ShardCursor(streams, stream.arn(), shard.shardId(), position);
  }

  /// Whether there was something in a shard that is not there any more, and was not read to its
  /// end.
  private boolean isUnread(String gone) {
    var left = checkpoints.read(gone);
    return left == null
        ? lease.since().isBefore(clock.instant().minus(STREAM_KEEPS))
        : !Checkpoints.SHARD_END.equals(left.position());
  }

  private void lost() {
    LOG.log(
        WARNING,
        "Records of the change stream were lost for {0}: it was not told of them within the 24 hours"
            + " that the stream keeps them, or the table has another stream since. It goes on with"
            + " the oldest that there is.",
        name);
    reader.lost();
  }

  /// One read, and the telling of it; whether there was anything.
  private boolean step(Place place) throws InterruptedException, GoneAway {
    ShardCursor.Piece piece = place.cursor.read();
    if (piece.lost()) {
      lost();
    }
    List<Happening> happenings = new ArrayList<>();
    for (var record : piece.records()) {
      Happening happening = Happening.of(record);
      if (happening != null && !happening.at().isBefore(lease.since())) {
        happenings.add(happening);
      }
    }
    if (!happenings.isEmpty()) {
      oldest = happenings.getFirst().at();
      reader.read(happenings);
      place.told = true;
    }
    place.cursor.handled();
    place.rememberNowAndThen();
    return !piece.records().isEmpty();
  }

  /// Whether what it came from is not there any more.
  private static boolean isOldest(Shard shard, List<Shard> shards) {
    return shards.stream().noneMatch(other -> other.shardId().equals(shard.parentShardId()));
  }

  /// The shards whose time has come: after those that they came from.
  private static List<Shard> ready(List<Shard> shards, Set<String> done) {
    Set<String> known = new HashSet<>();
    shards.forEach(shard -> known.add(shard.shardId()));
    return shards.stream()
        .filter(shard -> !done.contains(shard.shardId()))
        .filter(shard ->
            shard.parentShardId() == null
                || !known.contains(shard.parentShardId())
                || done.contains(shard.parentShardId()))
        .toList();
  }

  /// Ends what is under way: what has not been taken by then is told again.
  @Override
  public void close() {
    closed = true;
    lease.close();
    thread.interrupt();
    try {
      thread.join(END);
    } catch (InterruptedException | StoreUnavailable e) {
      Thread.currentThread().interrupt();
    }
  }
}
