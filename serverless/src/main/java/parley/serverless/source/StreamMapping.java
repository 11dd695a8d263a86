package parley.serverless.source;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import parley.serverless.runtime.LocalFunction;
import parley.serverless.template.MappingSettings;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// A table's change stream, mapped to a function. Every shard is read by a thread of its own, in
/// order; a shard begins when the one before it has been handled to its end.
public final class StreamMapping implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StreamMapping.class.getName());

  private final DynamoDbStreamsClient streams;
  private final String streamArn;
  private final MappingSettings settings;
  private final List<EventPattern> patterns;
  private final LocalFunction function;
  private final Checkpoints checkpoints;
  private final DeadLetters letters;
  private final InstantSource clock;
  private final Map<String, Thread> readers = new HashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final LongAdder seen = new LongAdder();
  private final LongAdder passed = new LongAdder();
  private @Nullable Thread finder;

  /// Reads nothing yet. `checkpoints` is the file of how far it came.
  public StreamMapping(
      DynamoDbStreamsClient streams,
      String streamArn,
      MappingSettings settings,
      LocalFunction function,
      Path checkpoints,
      DeadLetters letters,
      InstantSource clock) {
    this.streams = streams;
    this.streamArn = streamArn;
    this.settings = settings;
    this.patterns = settings.patterns().stream().map(EventPattern::parse).toList();
    this.function = function;
    this.checkpoints = new Checkpoints(checkpoints, streamArn);
    this.letters = letters;
    this.clock = clock;
  }

  public void start() {
    finder = Thread.ofVirtual().name("stream-shards").start(this::find);
  }

  /// Records of the stream so far that were handled, whether or not they woke the function.
  public long seen() {
    return seen.sum();
  }

  /// Those of them that matched the filter.
  public long passed() {
    return passed.sum();
  }

  private void find() {
    try {
      do {
        try {
          begin();
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "The stream cannot be described.", e);
        }
      } while (!closing.await(SourceBounds.SHARDS.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Starts a reader for every shard whose turn it is.
  private synchronized void begin() {
    if (closing.getCount() == 0) {
      return;
    }
    List<Shard> shards = shards();
    Set<String> unfinished = new HashSet<>();
    for (Shard shard : shards) {
      if (!Checkpoints.END.equals(checkpoints.of(shard.shardId()))) {
        unfinished.add(shard.shardId());
      }
    }
    for (Shard shard : shards) {
      String id = shard.shardId();
      if (unfinished.contains(id)
          && !unfinished.contains(String.valueOf(shard.parentShardId()))
          && !readers.containsKey(id)) {
        ShardTask task = new ShardTask(this, id);
        readers.put(id, Thread.ofVirtual().name("stream-" + id).start(task));
      }
    }
  }

  private List<Shard> shards() {
    List<Shard> all = new ArrayList<>();
    String after = null;
    do {
      String from = after;
      var page =
          streams
              .describeStream(r -> r.streamArn(streamArn).exclusiveStartShardId(from))
              .streamDescription();
      all.addAll(page.shards());
      after = page.lastEvaluatedShardId();
    } while (after != null);
    return all;
  }

  // What its shards' tasks need.

  /// A shard has ended: those behind it may begin.
  void ended() {
    begin();
  }

  boolean isClosing() {
    return closing.getCount() == 0;
  }

  /// Waits; true if the mapping is closing.
  boolean pause(Duration time) throws InterruptedException {
    return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean wakes(StreamRecord record) {
    boolean wakes =
        patterns.isEmpty() || patterns.stream().anyMatch(each -> each.matches(record.json()));
    seen.increment();
    if (wakes) {
      passed.increment();
    }
    return wakes;
  }

  Batches batches(String shard) {
    String arn = "arn:aws:lambda:local:000000000000:function:" + function.settings().name();
    return new Batches(
        shard,
        streamArn,
        arn,
        settings,
        function::invoke,
        letters,
        clock,
        time -> {
          if (pause(time)) {
            throw new InterruptedException("the mapping is closing");
          }
        });
  }

  DynamoDbStreamsClient streams() {
    return streams;
  }

  String streamArn() {
    return streamArn;
  }

  MappingSettings settings() {
    return settings;
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  /// Reads no more, and gives batches under way a few seconds. What is not done by then comes again
  /// with the next start.
  @Override
  public void close() {
    closing.countDown();
    List<Thread> left;
    synchronized (this) {
      left = List.copyOf(readers.values());
    }
    long until = System.nanoTime() + SourceBounds.CLOSE.toNanos();
    try {
      for (Thread reader : left) {
        reader.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
      }
      if (finder != null) {
        finder.join(SourceBounds.CLOSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    left.forEach(Thread::interrupt);
  }
}
