package parley.table;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.api.Inspector;
import parley.messaging.Parsed;
import parley.messaging.StoreUnavailable;
import parley.server.Deployment;
import parley.server.Refused;
import parley.server.Settings;
import parley.store.AccessPattern;
import parley.store.SampledUnits;
import parley.store.TableDesign;
import parley.store.TableDesign.Entity;
import parley.store.Units;
import software.amazon.awssdk.core.exception.SdkException;

/// Shows the table of a server to those who run it, by the same means as `parley table`.
public final class Inspection implements Inspector {
  private final OpenTable table;
  private final Units units;
  private final InstantSource clock;
  private final Prices prices = Prices.own();
  private final RecentChanges changes;
  private final Weigher weigher;
  private final InspectedItems items;
  private final Semaphore runs = new Semaphore(1, true);

  /// Worked out when it is first asked for: every pattern is run dry for it.
  private @Nullable Design design;

  private Inspection(OpenTable table, Units units, InstantSource clock) {
    this.table = table;
    this.units = units;
    this.clock = clock;
    this.changes = new RecentChanges(clock, table.isEmbedded());
    this.weigher = new Weigher(table, prices);
    this.items = new InspectedItems(table);
  }

  /// Shows the table of an open deployment.
  public static Inspection of(Deployment deployment, Settings settings, InstantSource clock) {
    return new Inspection(OpenTable.of(deployment, settings), deployment.units(), clock);
  }

  @Override
  public synchronized Design design() {
    if (design == null) {
      design =
          new Design(
              table.name(),
              TableDesign.INBOX_INDEX,
              TableDesign.INBOX_KEY,
              TableDesign.entities().stream().map(Inspection::entity).toList(),
              PatternFacts.all().stream().map(PatternFacts::json).toList(),
              prices.region() + ", " + prices.date());
    }
    return design;
  }

  private static Inspector.EntityFacts entity(Entity entity) {
    return new Inspector.EntityFacts(
        RecentChanges.name(entity),
        entity.label(),
        entity.pkTemplate(),
        entity.skTemplate(),
        entity.holds(),
        TableDesign.patterns().stream()
            .filter(pattern -> pattern.entity() == entity)
            .map(PatternFacts::name)
            .toList());
  }

  @Override
  public Parsed<Page> collections(@Nullable String from, boolean texts) {
    return answered(() -> items.page(from, texts));
  }

  @Override
  public Parsed<Opened> collection(
      String of, @Nullable String from, boolean descending, boolean texts) {
    return answered(() -> items.open(of, from, descending, texts));
  }

  @Override
  public Parsed<Run> run(String pattern, List<String> arguments, boolean texts) {
    if (!taken()) {
      throw new Busy();
    }
    try {
      return answered(() ->
          new InspectedRun(Ran.on(table, pattern, arguments, clock.instant()), prices, texts)
              .told());
    } finally {
      runs.release();
    }
  }

  private boolean taken() {
    try {
      return runs.tryAcquire(InspectBounds.RUN_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// What was asked for, or why it cannot be told as the question stands.
  private static <T> Parsed<T> answered(Supplier<T> work) {
    try {
      return Parsed.good(work.get());
    } catch (Refused e) {
      return Parsed.bad("unfit", String.valueOf(e.getMessage()));
    } catch (SdkException e) {
      throw new StoreUnavailable("the table does not answer the inspector", e);
    }
  }

  @Override
  public Inspector.Changes changes(long after, Duration wait) {
    return changes.after(after, wait);
  }

  @Override
  public Consumed consumed() {
    if (!(units instanceof SampledUnits sampled)) {
      return new Consumed(0, List.of());
    }
    List<PatternUnits> patterns = new ArrayList<>();
    for (AccessPattern pattern : AccessPattern.values()) {
      if (sampled.requests(pattern) > 0) {
        patterns.add(
            new PatternUnits(
                PatternFacts.name(pattern),
                sampled.requests(pattern),
                sampled.refusals(pattern),
                sampled.likely(pattern, byDesign(pattern.price()))));
      }
    }
    return new Consumed(sampled.oneIn(), patterns);
  }

  private static double byDesign(TableDesign.Price price) {
    return price.read() + price.write() + price.indexRead() + price.indexWrite();
  }

  @Override
  public Weighing weighing() {
    return weighed();
  }

  @Override
  public Weighing weigh() {
    weigher.start();
    return weighed();
  }

  @Override
  public Weighing stopWeighing() {
    weigher.stop();
    return weighed();
  }

  private Weighing weighed() {
    try {
      return weigher.now();
    } catch (SdkException e) {
      throw new StoreUnavailable("the table does not answer the inspector", e);
    }
  }

  @Override
  public void heard(String pk, String sk, boolean gone, Instant at) {
    changes.add(pk, sk, gone, at);
  }

  @Override
  public void close() {
    weigher.stop();
    changes.close();
  }
}
