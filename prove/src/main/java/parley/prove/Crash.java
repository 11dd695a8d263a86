package parley.prove;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import parley.prove.Cast.Talk;

/// Servers that die, or stand still, in the middle of it: real processes, killed with `kill -9` or
/// stopped with `SIGSTOP`, while as many messages are under way as the plan says.
final class Crash {
  enum Fault {
    /// The process ends at once, and is started again.
    KILL,
    /// The process stands still until others have done its work, and goes on as if nothing had
    /// been.
    FREEZE
  }

  /// How often, and how many servers. `apart` is how far ahead the clock of the last server is.
  record Plan(int times, int servers, Fault fault, Duration apart, long seed) {
    Plan {
      check("--times", times, 1, Bounds.TIMES);
      check("--servers", servers, 1, 2);
      if (fault == Fault.FREEZE && servers < 2) {
        throw new IllegalArgumentException(
            "a server that stands still is done without where there are two: --servers 2");
      }
    }

    private static void check(String what, long given, long least, long most) {
      if (given < least || given > most) {
        throw new IllegalArgumentException(
            "%s is %d to %d; not %d".formatted(what, least, most, given));
      }
    }
  }

  private static final int PEOPLE = 8;
  private static final int BUSY = 16;

  /// Conversations with one message each, acknowledged just before something happens: nothing comes
  /// after it that would bring their rows up to date.
  private static final int QUIET = 4;

  /// Streams in each direction of each busy conversation: 16 × 2 × 4 = 128 messages under way.
  private static final int STREAMS = 4;

  /// Messages that are acknowledged before something happens to a server, and a moment of chance.
  private static final int BEFORE = 150;

  private static final int MOMENT_MS = 300;

  /// How long people go on sending without the server that stands still.
  private static final Duration WITHOUT = Duration.ofSeconds(1);

  private final Plan plan;
  private final Site site;
  private final Random chance;
  private final Cast cast;
  private final Workload workload;
  private final Examination examination;
  private final List<Finding> findings = new ArrayList<>();
  private long underWay;
  private Duration longest = Duration.ZERO;

  private Crash(
      Plan plan, Site site, Cast cast, Workload workload, Examination examination, Random chance) {
    this.plan = plan;
    this.site = site;
    this.cast = cast;
    this.workload = workload;
    this.examination = examination;
    this.chance = chance;
  }

  static Report run(Plan plan, InstantSource clock) throws IOException, InterruptedException {
    long from = System.nanoTime();
    Tally tally = new Tally();
    Random chance = new Random(plan.seed());
    Duration[] clocks = new Duration[plan.servers()];
    Arrays.fill(clocks, Duration.ZERO);
    clocks[plan.servers() - 1] = plan.apart();
    try (Site site = new Site(false, clocks);
        Client client = new Client(site.servers(), tally)) {
      Cast cast = Cast.assembled(client, PEOPLE, BUSY + QUIET, chance);
      if (!cast.findings().isEmpty()) {
        throw new GaveUp("the servers are wrong before anything happened: " + cast.findings());
      }
      Workload workload =
          new Workload(client, cast, new ClientIds(clock), tally, Workload.Mix.USUAL);
      List<LiveReader> readers =
          List.of(
              LiveReader.onGoodLine(client, cast.people().get(0), 0, tally),
              LiveReader.onBadLine(client, cast.people().get(1), 1, chance.nextLong(), tally));
      Examination examination = new Examination(client, cast, workload.ledger(), readers);
      Crash crash = new Crash(plan, site, cast, workload, examination, chance);
      try {
        crash.rounds();
      } catch (GaveUp e) {
        site.keep();
        throw e;
      } finally {
        workload.stop();
        readers.forEach(LiveReader::close);
      }
      Report report = crash.report(tally, Duration.ofNanos(System.nanoTime() - from));
      return report.holds() ? report : report.keeping(site);
    }
  }

  private void rounds() throws IOException, InterruptedException {
    for (int round = 0; round < plan.times() && findings.isEmpty(); round++) {
      workload.start(busy(), STREAMS, Bounds.MESSAGES);
      awaitMore(BEFORE);
      Thread.sleep(chance.nextInt(MOMENT_MS));
      workload.sayOnce(cast.talks().subList(BUSY, BUSY + QUIET));
      switch (plan.fault()) {
        case KILL -> kill(round % plan.servers());
        // The one that started last makes the inboxes.
        case FREEZE -> freeze(plan.servers() - 1);
      }
    }
  }

  private List<Talk> busy() {
    return cast.talks().subList(0, BUSY);
  }

  private void kill(int server) throws IOException, InterruptedException {
    site.kill(server);
    underWay += workload.underWay();
    workload.stop();
    long from = System.nanoTime();
    site.restart(server);
    workload.join(Bounds.PATIENCE);
    examine(Bounds.TAKE_OVER, from);
  }

  private void freeze(int server) throws IOException, InterruptedException {
    ServerProcess frozen = site.process(server);
    URI address = frozen.address();
    frozen.freeze();
    try {
      underWay += workload.underWay();
      // A balancer would notice, and ask the others.
      site.servers().moved(server, site.servers().at(server + 1));
      Thread.sleep(WITHOUT);
      workload.stop();
      long from = System.nanoTime();
      workload.join(Bounds.PATIENCE);
      // Right inboxes mean that another has taken over.
      examine(Bounds.TAKE_OVER, from);
    } finally {
      frozen.thaw();
      site.servers().moved(server, address);
    }
    long count = workload.ledger().acknowledgedCount();
    workload.start(busy(), STREAMS, Bounds.MESSAGES);
    awaitMore(BEFORE);
    workload.stop();
    workload.join(Bounds.PATIENCE);
    if (workload.ledger().acknowledgedCount() < count + BEFORE) {
      throw new GaveUp("nobody could send after a server that stood still went on");
    }
    examine(Bounds.TAKE_OVER, System.nanoTime());
  }

  private void examine(Duration bound, long from) throws InterruptedException {
    findings.addAll(examination.findings(bound));
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    if (took.compareTo(longest) > 0) {
      longest = took;
    }
  }

  private void awaitMore(int messages) throws InterruptedException {
    long wanted = workload.ledger().acknowledgedCount() + messages;
    long until = System.nanoTime() + Bounds.PATIENCE.toNanos();
    while (workload.ledger().acknowledgedCount() < wanted) {
      if (System.nanoTime() - until > 0) {
        throw new GaveUp("too few messages were acknowledged to begin with");
      }
      Thread.sleep(5);
    }
  }

  private Report report(Tally tally, Duration took) {
    Map<String, String> done = new LinkedHashMap<>();
    done.put("servers", Integer.toString(plan.servers()));
    done.put(
        plan.fault() == Fault.KILL ? "times a server was killed" : "times a server stood still",
        Integer.toString(plan.times()));
    done.put("conversations", Integer.toString(cast.talks().size()));
    done.put("messages acknowledged", Long.toString(workload.ledger().acknowledgedCount()));
    done.put("messages under way when it happened", Long.toString(underWay));
    done.put("milliseconds until everything was right, at most", Long.toString(longest.toMillis()));
    return new Report("Crash", plan.seed(), done, tally, findings, took, "");
  }
}
