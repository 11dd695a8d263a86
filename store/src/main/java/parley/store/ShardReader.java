package parley.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import parley.messaging.StoreUnavailable;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Projector;
import parley.messaging.message.Entry;
import parley.store.Checkpoints.Checkpoint;
import parley.store.StreamDecoder.Decoded;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

/// Reads one shard of the stream to its end.
///
/// Every server reads, for its own memory and its own connections. The one that owns the lease also
/// projects: it reads from the checkpoint, and remembers how far it came. A server that starts
/// takes the lease; whoever lost it goes on listening, and takes it back when work is left lying.
final class ShardReader implements Runnable {
  private static final System.Logger LOG = System.getLogger(ShardReader.class.getName());

  /// Records of one read, by the service's rule.
  private static final int RECORDS = 1_000;

  /// Records that are projected together, at most.
  private static final int BATCH = 10_000;

  private final StreamPump pump;
  private final String streamArn;
  private final String shard;
  private final Checkpoints checkpoints;
  private final boolean fromItsStart;

  private @Nullable String iterator;

  /// The last record that was read, null before the first.
  private @Nullable String read;

  private boolean owner;
  private boolean unsaved;
  private long savedAt = System.nanoTime();

  /// As a listener: the lease as it stood when work was first seen to wait, and until when.
  private @Nullable Checkpoint suspect;

  private long patienceEnds;

  ShardReader(
      StreamPump pump,
      String streamArn,
      String shard,
      Checkpoints checkpoints,
      boolean fromItsStart) {
    this.pump = pump;
    this.streamArn = streamArn;
    this.shard = shard;
    this.checkpoints = checkpoints;
    this.fromItsStart = fromItsStart;
  }

  @Override
  public void run() {
    int failures = 0;
    boolean started = false;
    while (!pump.isClosed()) {
      try {
        if (!started) {
          own(checkpoints.take(shard, pump.owner()));
          started = true;
        }
        if (!step()) {
          return;
        }
        failures = 0;
      } catch (ResourceNotFoundException e) {
        // The stream, or this part of it, is no more: there is nothing left to read.
        return;
      } catch (RuntimeException e) {
        // Mostly a table that does not answer. Whatever it is, nothing is skipped: the same records
        // are read again.
        failures++;
        pump.unavailable(shard, e);
        pause(failures);
        iterator = null;
      }
    }
    saveBeforeClosing();
  }

  private void own(Checkpoint checkpoint) {
    owner = true;
    suspect = null;
    read = checkpoint.position();
    iterator = null;
  }

  /// One read and what follows from it; false at the end of the shard.
  private boolean step() {
    if (Checkpoints.SHARD_END.equals(read)) {
      return false;
    }
    long asked = System.nanoTime();
    long nudges = pump.nudges();
    GetRecordsResponse response = next();
    List<Record> records = new ArrayList<>(response.records());
    // Behind: take more at once. The more a batch holds, the more of it folds into one row.
    while (response.records().size() == RECORDS
        && records.size() < BATCH
        && response.nextShardIterator() != null) {
      iterator = response.nextShardIterator();
      response = next();
      records.addAll(response.records());
    }
    if (handle(records)) {
      unsaved = owner;
      suspectNeglect();
    }
    if (!records.isEmpty()) {
      read = records.getLast().dynamodb().sequenceNumber();
    }
    iterator = response.nextShardIterator();
    boolean ended = iterator == null;
    if (ended && owner) {
      checkpoints.save(shard, pump.owner(), Checkpoints.SHARD_END);
    } else {
      saveNowAndThen();
      takeOverIfNeglected();
    }
    if (!ended) {
      pump.idle(shard, records.isEmpty(), asked, nudges);
    }
    return !ended;
  }

  private GetRecordsResponse next() {
    try {
      String at = iterator == null ? iterator() : iterator;
      return pump.streams().getRecords(r -> r.shardIterator(at).limit(RECORDS));
    } catch (ExpiredIteratorException e) {
      String at = iterator();
      return pump.streams().getRecords(r -> r.shardIterator(at).limit(RECORDS));
    } catch (TrimmedDataAccessException e) {
      // Records live for a day. Rows may be behind now, and the log still has everything.
      LOG.log(
          System.Logger.Level.ERROR,
          "Records of the change stream were lost: the projection was down for longer than the"
              + " stream keeps them (24 hours). Run `parley rebuild --repair`.");
      read = null;
      String at = iterator(ShardIteratorType.TRIM_HORIZON, null);
      return pump.streams().getRecords(r -> r.shardIterator(at).limit(RECORDS));
    }
  }

  private String iterator() {
    if (read != null) {
      return iterator(ShardIteratorType.AFTER_SEQUENCE_NUMBER, read);
    }
    return iterator(
        owner || fromItsStart ? ShardIteratorType.TRIM_HORIZON : ShardIteratorType.LATEST, null);
  }

  private String iterator(ShardIteratorType type, @Nullable String after) {
    return pump.streams()
        .getShardIterator(r -> {
          r.streamArn(streamArn).shardId(shard).shardIteratorType(type);
          if (after != null) {
            r.sequenceNumber(after);
          }
        })
        .shardIterator();
  }

  /// Tells what the records say, and projects it if that is this server's part. Whether any of them
  /// is something to project.
  private boolean handle(List<Record> records) {
    List<Projector.Change> changes = new ArrayList<>();
    boolean mattered = false;
    for (Record record : records) {
      tellOf(record);
      switch (StreamDecoder.decode(record)) {
        case Decoded.Appended(Projector.Change change) -> {
          pump.listener().appended(change.conversation(), change.entry());
          changes.add(change);
        }
        case Decoded.AccountChanged(var user, var account) -> {
          pump.listener().accountChanged(user);
          if (account != null) {
            pump.listener().accountIs(account);
          } else if (!StreamDecoder.isPending(record)) {
            pump.listener().accountIsNone(user);
          }
        }
        case Decoded.RowChanged(var row, var byReader) -> pump.listener().rowChanged(row, byReader);
        case Decoded.BlockChanged(var blocker, var blocked, var isThere) ->
            pump.listener().blockChanged(blocker, blocked, isThere);
        case Decoded.SessionEnded(var session) -> pump.listener().sessionEnded(session);
        case Decoded.Broken(String cause) -> {
          mattered = true;
          if (owner) {
            setAside(record.dynamodb().sequenceNumber(), keysOf(record), cause);
          }
        }
        case Decoded.Nothing() -> {
          // Checkpoints come by here too, and must not wake the projection.
        }
      }
    }
    if (owner && !changes.isEmpty()) {
      Map<ConversationId, List<Entry>> groups = Projector.byConversation(changes);
      for (Projector.Poison poison : pump.project(groups)) {
        String entry = poison.conversation() + "/" + poison.seq();
        setAside(entry, entry, poison.cause());
      }
    }
    return mattered || !changes.isEmpty();
  }

  private void tellOf(Record record) {
    var change = record.dynamodb();
    Key key = Key.of(change.keys());
    boolean gone = !change.hasNewImage() || change.newImage().isEmpty();
    Instant at = change.approximateCreationDateTime();
    pump.listener().itemChanged(key.pk(), key.sk(), gone, at == null ? Instant.EPOCH : at);
  }

  private void setAside(String position, String keys, String cause) {
    LOG.log(
        System.Logger.Level.ERROR,
        "A record of the change stream was set aside: {0}: {1}. Run `parley rebuild` to see what"
            + " it left undone.",
        keys,
        cause);
    checkpoints.setAside(shard, position, keys, cause);
    pump.setAside();
  }

  private static String keysOf(Record record) {
    return record.dynamodb().keys().values().stream()
        .map(value -> value.s() == null ? "?" : value.s())
        .sorted()
        .reduce((a, b) -> a + " " + b)
        .orElse("?");
  }

  /// Checkpoints are writes to the same table and come back on its stream. So they are made only
  /// after records that mattered, and seldom.
  private void saveNowAndThen() {
    if (owner && unsaved && elapsed(savedAt).compareTo(pump.settings().checkpointEvery()) >= 0) {
      save();
    }
  }

  private void save() {
    if (read != null) {
      owner = checkpoints.save(shard, pump.owner(), read);
      savedAt = System.nanoTime();
      unsaved = false;
    }
  }

  private void saveBeforeClosing() {
    try {
      if (owner && unsaved) {
        save();
      }
    } catch (StoreUnavailable e) {
      // The next one begins a little earlier, which is harmless.
    }
  }

  /// A listener that sees work notes how the lease stands. An owner that lives saves a checkpoint
  /// soon after; if the lease has not moved when patience ends, nobody is working.
  private void suspectNeglect() {
    if (!owner && suspect == null) {
      suspect = checkpoints.read(shard);
      patienceEnds = System.nanoTime() + pump.settings().takeOverAfter().toNanos();
    }
  }

  private void takeOverIfNeglected() {
    Checkpoint seen = suspect;
    if (owner || seen == null || System.nanoTime() - patienceEnds < 0) {
      return;
    }
    suspect = null;
    Checkpoint taken = checkpoints.takeFrom(shard, pump.owner(), seen.version());
    if (taken != null) {
      LOG.log(System.Logger.Level.INFO, "Took over the projection of shard {0}.", shard);
      own(taken);
    }
  }

  private static Duration elapsed(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private void pause(int failures) {
    long most = Math.min(5_000, 50L << Math.min(failures, 7));
    pump.sleep(Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1)));
  }
}
