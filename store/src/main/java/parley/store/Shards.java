package parley.store;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import parley.store.StreamPump.Settings;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/// Finds the shards of the change stream, and has each of them read: parents before children.
final class Shards implements Runnable {
  private static final System.Logger LOG = System.getLogger(Shards.class.getName());

  private final StreamPump pump;
  private final ChangeStream stream;
  private final Function<String, Checkpoints> checkpoints;
  private final Executor threads;
  private final Settings settings;
  private final Progress progress;

  private final Set<String> begun = new HashSet<>();
  private Set<String> finished = ConcurrentHashMap.newKeySet();

  /// Whether shards that are found were there before this process.
  private boolean first = true;

  /// @param checkpoints those of the stream with this label
  Shards(
      StreamPump pump,
      ChangeStream stream,
      Function<String, Checkpoints> checkpoints,
      Executor threads,
      Settings settings,
      Progress progress) {
    this.pump = pump;
    this.stream = stream;
    this.checkpoints = checkpoints;
    this.threads = threads;
    this.settings = settings;
    this.progress = progress;
  }

  @Override
  public void run() {
    while (!pump.isClosed()) {
      int finishedBefore = finished.size();
      try {
        if (look()) {
          continue;
        }
      } catch (RuntimeException e) {
        pump.unavailable("(all)", e);
      }
      awaitOneThatFinishes(finishedBefore);
    }
  }

  /// Has read what there is to read; true if there is more to look for at once.
  private boolean look() {
    ChangeStream.Seen seen = stream.look();
    Set<String> known = new HashSet<>();
    seen.shards().forEach(shard -> known.add(shard.shardId()));
    for (Shard shard : seen.shards()) {
      String id = shard.shardId();
      String parent = shard.parentShardId();
      boolean parentDone = parent == null || !known.contains(parent) || finished.contains(parent);
      if (parentDone && begun.add(id)) {
        // A shard that appears later is read from its start: nobody has heard it yet.
        read(
            id, new ShardReader(pump, stream.arn(), id, checkpoints.apply(stream.label()), !first));
      }
    }
    first = false;
    return finished.containsAll(known) && isFollowedByAnother(seen.isOn());
  }

  private void read(String shard, ShardReader reader) {
    Set<String> done = finished;
    // Before its thread runs: nobody is told meanwhile that all was read.
    progress.began(shard);
    threads.execute(() -> {
      reader.run();
      progress.ended(shard);
      done.add(shard);
      pump.nudge();
    });
  }

  /// All was read. Whether the table has another stream since, which is read then.
  private boolean isFollowedByAnother(boolean isOn) {
    if (stream.isAnother()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The table has another change stream since, which this server reads from here on. What"
              + " happened between the two is in neither: run `parley rebuild --repair`.");
      begun.clear();
      finished = ConcurrentHashMap.newKeySet();
      return true;
    }
    if (!isOn && progress.stopped()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "The change stream of the table has ended: inboxes stand still, and nothing is told live."
              + " Was it switched off? Switch it on again, with new images.");
    }
    return false;
  }

  /// Waits until it is time to look for shards again, or one has been read to its end.
  private void awaitOneThatFinishes(int finishedBefore) {
    long end = System.nanoTime() + settings.shardsEvery().toNanos();
    while (!pump.isClosed() && System.nanoTime() - end < 0 && finished.size() == finishedBefore) {
      boolean _ = pump.awaitNudge(Duration.ofNanos(end - System.nanoTime()), pump.nudges());
    }
  }
}
