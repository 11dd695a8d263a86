package parley.server.operator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import parley.api.Observer;
import parley.messaging.CacheUse;
import parley.messaging.account.Accounts;
import parley.messaging.account.Sessions;
import parley.messaging.event.Audience;
import parley.messaging.message.Tails;
import parley.messaging.retention.Sweeper;
import parley.server.webhook.Webhooks;
import parley.server.webhook.Webhooks.Count;
import parley.store.AccessPattern;
import parley.store.SampledUnits;
import parley.store.StreamPump;
import parley.store.Units;

/// What a server counts, in the text format of Prometheus. Each of them is in docs/operations.md.
///
/// Labels are routes, statuses, codes, access patterns and names of parts: nothing that a client
/// writes becomes one.
public final class Metrics implements Observer, AutoCloseable {
  /// Upper ends of the buckets of how long requests take.
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  /// The parts of a server that are looked at whenever somebody asks.
  public record Watched(
      Audience audience,
      Tails tails,
      Accounts accounts,
      Sessions sessions,
      StreamPump pump,
      Sweeper sweeper,
      Units units,
      LongAdder retries) {}

  /// The library holds weakly what it asks; these would be gone at the next garbage collection.
  private final List<Supplier<?>> asked = new ArrayList<>();

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public Metrics(Watched watched) {
    Gauge.builder("parley.connections", watched.audience(), Audience::size)
        .description("Open connections for events.")
        .register(registry);
    Gauge.builder("parley.stream.behind", watched.pump(), pump -> pump.behind().toNanos() / 1e9)
        .description("How long ago all of the change stream had been read.")
        .baseUnit("seconds")
        .register(registry);
    count(
        "parley.stream.set.aside",
        "Records of the change stream that could not be projected.",
        () -> watched.pump().setAsideCount());
    count(
        "parley.table.retries",
        "Tries of requests to the table after their first.",
        watched.retries()::sum);
    count(
        "parley.retention.swept",
        "Texts that were taken out of the table, for their time was over.",
        watched.sweeper()::blanked);
    cache("tails", watched.tails()::use);
    cache("accounts", watched.accounts()::use);
    cache("sessions", watched.sessions()::use);
    if (watched.units() instanceof SampledUnits units) {
      table(units);
    }
    machine();
  }

  /// From now on, also what is told to other programs.
  public void watch(Webhooks webhooks) {
    for (String name : webhooks.names()) {
      Supplier<Count> count = () -> webhooks.count(name);
      asked.add(count);
      told(name, "delivered", "Events that an endpoint has taken.", count, Count::delivered);
      told(name, "failures", "Attempts to tell an event that failed.", count, Count::failed);
      told(name, "given.up", "Events that are told no more.", count, Count::givenUp);
      told(name, "gaps", "Times that events were lost before they were told.", count, Count::gaps);
      Gauge.builder("parley.webhook.behind", count, it -> it.get().behind().toMillis() / 1e3)
          .description("How old the event is that an endpoint is being told.")
          .baseUnit("seconds")
          .tag("endpoint", name)
          .register(registry);
    }
  }

  private void told(
      String endpoint,
      String what,
      String description,
      Supplier<Count> count,
      ToDoubleFunction<Count> value) {
    FunctionCounter.builder("parley.webhook." + what, count, it -> value.applyAsDouble(it.get()))
        .description(description)
        .tag("endpoint", endpoint)
        .register(registry);
  }

  private void count(String name, String description, Supplier<Number> value) {
    asked.add(value);
    FunctionCounter.builder(name, value, supplier -> supplier.get().doubleValue())
        .description(description)
        .register(registry);
  }

  private void cache(String name, Supplier<CacheUse> use) {
    asked.add(use);
    FunctionCounter.builder("parley.cache.hits", use, cache -> cache.get().hits())
        .description("Questions that memory could answer.")
        .tag("cache", name)
        .register(registry);
    FunctionCounter.builder("parley.cache.misses", use, cache -> cache.get().misses())
        .description("Questions that it could not.")
        .tag("cache", name)
        .register(registry);
    Gauge.builder("parley.cache.size", use, cache -> cache.get().size())
        .description("What it holds.")
        .tag("cache", name)
        .register(registry);
  }

  private void table(SampledUnits units) {
    for (AccessPattern pattern : AccessPattern.values()) {
      String name = pattern.name().toLowerCase(Locale.ROOT);
      FunctionCounter.builder("parley.table.requests", units, u -> u.requests(pattern))
          .description("Requests to the table, by access pattern.")
          .tag("pattern", name)
          .register(registry);
      FunctionCounter.builder("parley.table.units", units, u -> u.units(pattern))
          .description("Capacity units consumed, estimated from a sample.")
          .tag("pattern", name)
          .register(registry);
    }
    Gauge.builder("parley.table.units.sampling", units, SampledUnits::oneIn)
        .description("One request in so many says what it consumes.")
        .register(registry);
    count(
        "parley.append.conflicts",
        "Appends that came to a number which somebody else had taken.",
        () -> units.refusals(AccessPattern.APPEND));
    count("parley.table.unavailable", "Requests that the table did not answer.", units::unanswered);
  }

  private void machine() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      FunctionCounter.builder(
              "jvm.gc.collections", collector, GarbageCollectorMXBean::getCollectionCount)
          .description("Garbage collections.")
          .tag("gc", collector.getName())
          .register(registry);
      FunctionCounter.builder("jvm.gc.time", collector, gc -> gc.getCollectionTime() / 1e3)
          .description("Time that they took.")
          .baseUnit("seconds")
          .tag("gc", collector.getName())
          .register(registry);
    }
  }

  @Override
  public void answered(Answered answered) {
    MeterRegistry meters = registry;
    Timer.builder("parley.http.requests")
        .description("Requests, by route and status.")
        .serviceLevelObjectives(BUCKETS)
        .tag("route", answered.operation())
        .tag("status", Integer.toString(answered.status()))
        .register(meters)
        .record(answered.took());
    switch (answered.operation()) {
      case "sendMessage" -> outcome("parley.sends", "What became of sends.", answered);
      case "signIn" -> outcome("parley.sign.ins", "What became of sign-ins.", answered);
      default -> {
        // Counted by route and status, as all are.
      }
    }
    String exhausted = answered.exhausted();
    if (exhausted != null) {
      Counter.builder("parley.rate.limited")
          .description("Requests that a rate limit refused.")
          .tag("limit", exhausted)
          .register(meters)
          .increment();
    }
  }

  private void outcome(String name, String description, Answered answered) {
    String problem = answered.problem();
    String outcome = problem != null ? problem : answered.status() == 200 ? "repeated" : "done";
    Counter.builder(name)
        .description(description)
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  /// All of it, as it is now.
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
