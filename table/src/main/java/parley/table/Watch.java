package parley.table;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parley.server.Refused;
import parley.store.ChangeStream;
import parley.store.TableDesign;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/// Tails the change stream: what happened to whom, as the servers understand it, or what became of
/// which item; and how late it is told.
///
/// It reads all shards from now on, or from the oldest record that the stream still has. It keeps
/// no position in the table, and takes no lease: servers do not notice, but the service counts it
/// as one of the two readers that a shard can bear.
public final class Watch {
  private static final long BETWEEN_LOOKS_MS = 250;

  /// How often shards are looked for that came since.
  private static final Duration BETWEEN_SHARDS = Duration.ofSeconds(10);

  private final OpenTable table;
  private final Out out;
  private final InstantSource clock;

  /// Where each shard goes on; null once it has been read to its end.
  private final Map<String, @Nullable String> iterators = new LinkedHashMap<>();

  private final boolean items;
  private long seen;

  /// @param items whether items are printed as they are, in place of events
  public Watch(OpenTable table, Out out, InstantSource clock, boolean items) {
    this.table = table;
    this.out = out;
    this.clock = clock;
    this.items = items;
  }

  /// Prints records until `patience` is over, null for until the process is ended.
  public void run(boolean fromTheOldest, @Nullable Duration patience) {
    ChangeStream stream = new ChangeStream(table.streams(), table.table(), table.description());
    if (stream.arn() == null) {
      throw new Refused("The table " + table.name() + " has no change stream to watch.");
    }
    if (!out.json()) {
      out.aside(
          "What changes in "
              + table.name()
              + " "
              + table.place()
              + (patience == null ? ", until Ctrl-C:" : ":"));
    }
    Instant begun = clock.instant();
    Instant looked = begun;
    shards(stream, fromTheOldest ? ShardIteratorType.TRIM_HORIZON : ShardIteratorType.LATEST);
    while (patience == null || clock.instant().isBefore(begun.plus(patience))) {
      boolean quiet = true;
      for (String shard : iterators.keySet().toArray(String[]::new)) {
        quiet &= read(shard) == 0;
      }
      out.results().flush();
      if (clock.instant().isAfter(looked.plus(BETWEEN_SHARDS))) {
        looked = clock.instant();
        if (isOver(stream)) {
          out.aside("The table has another change stream since; this goes on with that one.");
          iterators.clear();
        }
        shards(stream, ShardIteratorType.TRIM_HORIZON);
      }
      if (quiet) {
        Pace.pause(BETWEEN_LOOKS_MS);
      }
    }
    out.aside(Out.count(seen, "record") + " of the stream read");
  }

  /// Finds shards that are not read yet, and begins them there.
  private void shards(ChangeStream stream, ShardIteratorType from) {
    for (Shard shard : stream.look().shards()) {
      if (!iterators.containsKey(shard.shardId())) {
        iterators.put(
            shard.shardId(),
            table
                .streams()
                .getShardIterator(
                    r -> r.streamArn(stream.arn()).shardId(shard.shardId()).shardIteratorType(from))
                .shardIterator());
      }
    }
  }

  /// Whether all was read, and the table has another stream since.
  private boolean isOver(ChangeStream stream) {
    return iterators.values().stream().allMatch(Objects::isNull) && stream.isAnother();
  }

  private int read(String shard) {
    String iterator = iterators.get(shard);
    if (iterator == null) {
      return 0;
    }
    GetRecordsResponse page = table.streams().getRecords(r -> r.shardIterator(iterator));
    page.records().forEach(this::tell);
    iterators.put(shard, page.nextShardIterator());
    return page.records().size();
  }

  private void tell(Record record) {
    seen++;
    var change = record.dynamodb();
    boolean gone = !change.hasNewImage() || change.newImage().isEmpty();
    WatchEvent happened = items ? null : WatchEvent.of(record, out.ink().showsText());
    if (!items && happened == null) {
      return;
    }
    Map<String, AttributeValue> item = gone ? change.keys() : change.newImage();
    Instant now = clock.instant();
    Instant told = change.approximateCreationDateTime();
    Duration late = told == null ? Duration.ZERO : Lateness.of(told, now, table.isEmbedded());
    double late_s = late.toMillis() / 1000.0;
    Instant at = now.minus(late).truncatedTo(ChronoUnit.SECONDS);
    if (out.json()) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("at", String.valueOf(at));
      event.put("late", late_s);
      if (happened != null) {
        event.put("event", happened.name());
        event.putAll(happened.facts());
        out.value(event);
        return;
      }
      event.put("gone", gone);
      event.put("entity", Ink.label(Ink.entity(item)));
      event.put(TableDesign.PK, Ink.key(item, TableDesign.PK));
      event.put(TableDesign.SK, Ink.key(item, TableDesign.SK));
      out.value(event);
      return;
    }
    if (happened != null) {
      out.line(String.format(Locale.ROOT, "%s +%.1fs ", at, late_s) + happened.line(out.ink()));
      return;
    }
    // Engines mark inserts and changes differently, so only what is gone is told apart.
    out.line(
        String.format(Locale.ROOT, "%s +%.1fs %s ", at, late_s, gone ? "gone" : "is  ")
            + out.ink().line(item));
  }
}
