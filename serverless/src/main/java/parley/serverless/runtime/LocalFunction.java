package parley.serverless.runtime;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One function and its instances. They are started when they are needed, up to the function's
/// concurrency, and go on to the next event when they have answered; one that failed to answer is
/// ended.
public final class LocalFunction implements AutoCloseable {
  private final FunctionSettings settings;
  private final FunctionPackage code;
  private final String region;
  private final InstantSource clock;
  private final FunctionLog log;
  private final Semaphore free;
  private final Deque<FunctionInstance> idle = new ArrayDeque<>();
  private final Set<FunctionInstance> all = new HashSet<>();
  private final LongAdder invocations = new LongAdder();
  private final LongAdder starts = new LongAdder();
  private boolean closed;

  /// Nothing is started yet. What it prints goes into a file of its name in `logs`.
  public LocalFunction(
      FunctionSettings settings,
      FunctionPackage code,
      String region,
      Path logs,
      InstantSource clock) {
    this.settings = settings;
    this.code = code;
    this.region = region;
    this.clock = clock;
    this.log = new FunctionLog(logs, settings.name());
    this.free = new Semaphore(settings.concurrency(), true);
  }

  public FunctionSettings settings() {
    return settings;
  }

  /// How many events were handed to it.
  public long invocations() {
    return invocations.sum();
  }

  /// How many instances were started.
  public long starts() {
    return starts.sum();
  }

  /// The processes of its instances, as the system knows them.
  public synchronized Set<Long> pids() {
    Set<Long> pids = new HashSet<>();
    all.forEach(instance -> pids.add(instance.pid()));
    return pids;
  }

  /// Hands it one event and waits for what becomes of it.
  public Outcome invoke(String event) throws InterruptedException {
    return measure(event).outcome();
  }

  /// The same, with how long it took.
  public Invoked measure(String event) throws InterruptedException {
    int bytes = event.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > RuntimeBounds.PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "an event has at most " + RuntimeBounds.PAYLOAD_BYTES + " bytes, not " + bytes);
    }
    if (!free.tryAcquire(RuntimeBounds.WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      return new Invoked(new Outcome.Throttled(), null, Duration.ZERO, 0);
    }
    try {
      return onSome(event);
    } finally {
      free.release();
    }
  }

  private Invoked onSome(String event) throws InterruptedException {
    FunctionInstance instance = idle();
    Duration init = null;
    if (instance == null) {
      instance = started();
      Outcome wrong = instance.awaitInit();
      init = instance.init();
      if (wrong != null) {
        log.line("INIT_REPORT " + told(wrong) + " Init Duration: " + ms(init) + " ms");
        end(instance);
        return new Invoked(wrong, init, Duration.ZERO, 0);
      }
    }
    boolean usable = false;
    try {
      Invocation invocation = instance.invocation(event);
      invocations.increment();
      log.line("START RequestId: " + invocation.id());
      long begun = System.nanoTime();
      Outcome outcome = instance.invoke(invocation);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      long memory_mb = instance.mostMemory_mb();
      report(invocation.id(), outcome, init, took, memory_mb);
      usable = outcome instanceof Outcome.Answered || outcome instanceof Outcome.Failed;
      return new Invoked(outcome, init, took, memory_mb);
    } finally {
      if (usable) {
        keep(instance);
      } else {
        end(instance);
      }
    }
  }

  private synchronized @Nullable FunctionInstance idle() {
    while (!idle.isEmpty()) {
      FunctionInstance instance = idle.pop();
      if (instance.isAlive()) {
        return instance;
      }
      all.remove(instance);
      instance.close();
    }
    return null;
  }

  private synchronized FunctionInstance started() {
    if (closed) {
      throw new IllegalStateException("function " + settings.name() + " has been closed");
    }
    FunctionInstance instance = FunctionInstance.start(settings, code, region, log, clock);
    starts.increment();
    all.add(instance);
    return instance;
  }

  private synchronized void keep(FunctionInstance instance) {
    if (!closed) {
      idle.push(instance);
    }
  }

  private void end(FunctionInstance instance) {
    synchronized (this) {
      all.remove(instance);
    }
    instance.close();
  }

  /// The line that CloudWatch has of every invocation.
  private void report(
      String id, Outcome outcome, @Nullable Duration init, Duration took, long memory_mb) {
    log.line(
        "REPORT RequestId: "
            + id
            + " "
            + told(outcome)
            + " Duration: "
            + ms(took)
            + " ms Memory Size: "
            + settings.memory_mb()
            + " MB Max Memory Used: "
            + memory_mb
            + " MB"
            + (init == null ? "" : " Init Duration: " + ms(init) + " ms"));
  }

  private static String told(Outcome outcome) {
    return "Status: "
        + switch (outcome) {
          case Outcome.Answered _ -> "success";
          case Outcome.Failed(String type, _) -> "error Error Type: " + type;
          case Outcome.TimedOut _ -> "timeout";
          case Outcome.Crashed(int code) -> "error Error Type: Runtime.ExitError (" + code + ")";
          case Outcome.Throttled _ -> "throttled";
        };
  }

  private static String ms(Duration duration) {
    return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
  }

  /// Ends all instances. Events under way are lost to them, as when a machine fails.
  @Override
  public void close() {
    Set<FunctionInstance> left;
    synchronized (this) {
      closed = true;
      left = Set.copyOf(all);
      all.clear();
      idle.clear();
    }
    left.forEach(FunctionInstance::close);
    log.close();
  }
}
