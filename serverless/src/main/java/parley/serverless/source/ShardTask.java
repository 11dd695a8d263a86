package parley.serverless.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

/// Reads one shard to its end: what matches the filter is gathered, for as long as the batching
/// window says, and handed on, in as many lanes as may run side by side. The checkpoint follows
/// when all of that is done.
///
/// A lane has every change of an item, in order. AWS Lambda promises no more than this where it
/// runs several batches of a shard at once.
final class ShardTask implements Runnable {
  private static final System.Logger LOG = System.getLogger(ShardTask.class.getName());

  private final StreamMapping mapping;
  private final String shard;
  private final Batches batches;

  /// The last record that was read, null before the first.
  private @Nullable String read;

  private @Nullable String iterator;
  private boolean ended;

  ShardTask(StreamMapping mapping, String shard) {
    this.mapping = mapping;
    this.shard = shard;
    this.batches = mapping.batches(shard);
    this.read = mapping.checkpoints().of(shard);
  }

  @Override
  public void run() {
    try {
      while (!mapping.isClosing()) {
        try {
          List<StreamRecord> gathered = gather();
          if (!gathered.isEmpty()) {
            // What is done when the mapping closes is done, and does not come again.
            handle(gathered);
          } else if (mapping.isClosing()) {
            return;
          }
          if (ended) {
            mapping.checkpoints().save(shard, Checkpoints.END);
            mapping.ended();
            return;
          }
          if (read != null) {
            mapping.checkpoints().save(shard, read);
          }
        } catch (RuntimeException e) {
          // Nothing is skipped: what was not handed on is read again.
          LOG.log(System.Logger.Level.WARNING, "The shard " + shard + " cannot be read.", e);
          read = mapping.checkpoints().of(shard);
          iterator = null;
          mapping.pause(SourceBounds.RETRY_LONGEST);
        }
      }
    } catch (InterruptedException e) {
      // What was not done comes again, from the checkpoint.
      Thread.currentThread().interrupt();
    }
  }

  /// Reads until there is enough for a batch in each lane, or the window is over, which begins with
  /// the first record.
  private List<StreamRecord> gather() throws InterruptedException {
    int enough = mapping.settings().batch() * mapping.settings().lanes();
    List<StreamRecord> gathered = new ArrayList<>();
    long windowEnds = 0;
    while (true) {
      GetRecordsResponse response = next();
      for (Record each : response.records()) {
        StreamRecord record = StreamRecord.of(each, mapping.streamArn());
        read = record.sequence();
        if (mapping.wakes(record)) {
          if (gathered.isEmpty()) {
            windowEnds = System.nanoTime() + mapping.settings().window().toNanos();
          }
          gathered.add(record);
        }
      }
      iterator = response.nextShardIterator();
      ended = iterator == null;
      if (ended || gathered.size() >= enough) {
        return gathered;
      }
      if (!gathered.isEmpty() && System.nanoTime() - windowEnds >= 0) {
        return gathered;
      }
      boolean more = response.records().size() == SourceBounds.READ;
      if (!more && mapping.pause(wait(gathered.isEmpty(), windowEnds))) {
        return List.of();
      }
      if (!more && gathered.isEmpty()) {
        // So that what was filtered out is not read again.
        return gathered;
      }
    }
  }

  private static Duration wait(boolean nothing, long windowEnds) {
    Duration left = Duration.ofNanos(Math.max(0, windowEnds - System.nanoTime()));
    return nothing || left.compareTo(SourceBounds.POLL) > 0 ? SourceBounds.POLL : left;
  }

  private GetRecordsResponse next() {
    try {
      return records(iterator == null ? iterator() : iterator);
    } catch (ExpiredIteratorException e) {
      return records(iterator());
    } catch (TrimmedDataAccessException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "Records of the change stream were lost: nothing was read for longer than the stream keeps"
              + " them (24 hours).");
      read = null;
      return records(iterator(ShardIteratorType.TRIM_HORIZON, null));
    }
  }

  private GetRecordsResponse records(String at) {
    return mapping.streams().getRecords(r -> r.shardIterator(at).limit(SourceBounds.READ));
  }

  private String iterator() {
    if (read != null) {
      return iterator(ShardIteratorType.AFTER_SEQUENCE_NUMBER, read);
    }
    return iterator(
        mapping.settings().fromTheBeginning()
            ? ShardIteratorType.TRIM_HORIZON
            : ShardIteratorType.LATEST,
        null);
  }

  private String iterator(ShardIteratorType type, @Nullable String after) {
    return mapping
        .streams()
        .getShardIterator(r ->
            r.streamArn(mapping.streamArn())
                .shardId(shard)
                .shardIteratorType(type)
                .sequenceNumber(after))
        .shardIterator();
  }

  private void handle(List<StreamRecord> records) throws InterruptedException {
    int lanes = mapping.settings().lanes();
    if (lanes == 1) {
      batches.run(records);
      return;
    }
    List<List<StreamRecord>> split = new ArrayList<>();
    for (int i = 0; i < lanes; i++) {
      split.add(new ArrayList<>());
    }
    for (StreamRecord record : records) {
      split.get(Math.floorMod(record.item().hashCode(), lanes)).add(record);
    }
    try (ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (List<StreamRecord> lane : split) {
        if (!lane.isEmpty()) {
          running.add(
              side.submit(() -> {
                batches.run(lane);
                return null;
              }));
        }
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("the mapping is closing");
      }
      throw new IllegalStateException(e);
    }
  }
}
