package parley.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;

/// The table itself, for those who run a deployment and want to see what is in it. Whoever knows
/// the table does it; this says what can be asked, and how it is told.
///
/// What people wrote comes along only where `texts` is true; secrets never do.
public interface Inspector extends AutoCloseable {
  /// An attribute. Of one that is hidden there is its length, in characters, and no value.
  record Attribute(String name, String type, @Nullable String value, @Nullable Integer hidden) {}

  /// An item as its entity; `entity` is null for one that is not Parley's. `place` is what it is in
  /// the index under, null where it is not in it.
  record Item(
      String pk,
      String sk,
      @Nullable String entity,
      @Nullable String place,
      long bytes,
      List<Attribute> attributes) {}

  /// Items under one partition key. `more` says that there are others.
  record Collection(String pk, List<Item> items, boolean more) {}

  /// What an item is in the index under.
  record Place(String pk, String sk, String place) {}

  /// A page of the whole table. `next` is where the next one begins, null at the end; `units` are
  /// what reading it took.
  record Page(List<Collection> collections, @Nullable String next, double units) {}

  /// A page of one collection, with its part of the index where the page is the first.
  record Opened(
      Collection collection,
      List<Place> index,
      boolean indexGoesOn,
      @Nullable String next,
      double units) {}

  record EntityFacts(
      String name, String label, String pk, String sk, String holds, List<String> patterns) {}

  /// What the table is by design: nothing in it depends on what is in the table. `patterns` are as
  /// `parley table patterns --json` has them.
  record Design(
      String table,
      String index,
      String indexKey,
      List<EntityFacts> entities,
      List<Map<String, Object>> patterns,
      String prices) {}

  /// A request of a run, as it went over the wire.
  record Asked(
      String operation,
      String key,
      Map<String, Object> request,
      boolean refused,
      double ms,
      long evaluated,
      long returned) {}

  /// An item that a run touched: `there` is false where nothing was, `inIndex` true where the index
  /// was read and not the table: then `item` has keys alone. It is null where the request tells no
  /// more than the key.
  record Touched(
      String pk, String sk, boolean there, boolean inIndex, boolean written, @Nullable Item item) {}

  /// What a run of an access pattern came to. A write is tried on a copy.
  record Run(
      Map<String, Object> pattern,
      boolean write,
      List<Asked> requests,
      List<Touched> touched,
      boolean touchedMore,
      long evaluated,
      long returned,
      double ms,
      String measured,
      String predicted,
      String design,
      String price) {}

  /// What the change stream told, by a number that only grows. `late` is in milliseconds.
  record Change(
      long number,
      Instant at,
      long late,
      boolean gone,
      @Nullable String entity,
      String pk,
      String sk) {}

  /// `last` is the number to go on from; `missed` says that there were others in between.
  record Changes(List<Change> items, long last, boolean missed) {}

  /// What one access pattern has consumed since the server started.
  record PatternUnits(String pattern, long requests, long refused, double units) {}

  /// One request in `oneIn` was asked what it consumes.
  record Consumed(int oneIn, List<PatternUnits> patterns) {}

  /// How much of the table one entity takes; null for what is not Parley's.
  record Weight(@Nullable String entity, long items, long bytes, long inIndex, long indexBytes) {}

  /// How far the whole table has been read. `expected` is what the table says that it holds, which
  /// on the service may be six hours old.
  record Weighing(
      String state,
      long items,
      long expected,
      double units,
      double expectedUnits,
      String price,
      List<Weight> weights) {}

  /// So many are at it that this was not begun.
  final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Design design();

  /// A page of the whole table.
  ///
  /// @param from where the page before ended, null for the beginning
  Parsed<Page> collections(@Nullable String from, boolean texts);

  /// A page of one item collection.
  ///
  /// @param of a handle, an id of an account or a conversation, or a partition key
  /// @param descending the greatest sort keys first
  Parsed<Opened> collection(String of, @Nullable String from, boolean descending, boolean texts);

  /// Runs an access pattern, a write on a copy.
  ///
  /// @throws Busy if others are being run for too long
  Parsed<Run> run(String pattern, List<String> arguments, boolean texts);

  /// The changes after a number, waiting for one where there is none.
  Changes changes(long after, Duration wait);

  Consumed consumed();

  Weighing weighing();

  /// Begins to read the whole table, unless somebody does.
  Weighing weigh();

  /// Ends that, with what has been read so far.
  Weighing stopWeighing();

  /// The host tells what the change stream told it.
  void heard(String pk, String sk, boolean gone, Instant at);

  /// Whoever waits is answered.
  @Override
  void close();
}
