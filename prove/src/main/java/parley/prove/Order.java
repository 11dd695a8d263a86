package parley.prove;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Loss, duplicates and order, against any deployment by its public contract alone: many send at
/// once, in both directions and at all servers, some twice, some again, some without waiting for
/// the answer, while others listen over lines that lose, double and shuffle.
final class Order {
  /// How much. Of the `readers`, who listen, every second one has a bad line. `atMost` bounds the
  /// sending.
  record Plan(
      int people,
      int talks,
      long messages,
      int readers,
      Duration atMost,
      Duration inboxBound,
      long seed) {
    Plan {
      check("people", people, 2, Bounds.PEOPLE);
      check("conversations", talks, 1, Math.min(Bounds.CONVERSATIONS, Cast.talksAmong(people)));
      check("messages", messages, 1, Bounds.MESSAGES);
      check("readers", readers, 0, people);
      check("minutes", atMost.toMinutes(), 1, Bounds.MINUTES);
    }

    private static void check(String what, long given, long least, long most) {
      if (given < least || given > most) {
        throw new IllegalArgumentException(
            "%s are %d to %d here; not %d".formatted(what, least, most, given));
      }
    }
  }

  /// Messages that are sent once more at the end, at most.
  private static final int REPLAYED = 300;

  private final Plan plan;
  private final Servers servers;
  private final Client client;
  private final Tally tally;
  private final Random chance;
  private final Map<String, String> done = new LinkedHashMap<>();

  private Order(Plan plan, Servers servers, Client client, Tally tally) {
    this.plan = plan;
    this.servers = servers;
    this.client = client;
    this.tally = tally;
    this.chance = new Random(plan.seed());
  }

  static Report run(Plan plan, Servers servers, InstantSource clock) throws InterruptedException {
    long from = System.nanoTime();
    Tally tally = new Tally();
    try (Client client = new Client(servers, tally)) {
      Order order = new Order(plan, servers, client, tally);
      List<Finding> findings = order.findings(new ClientIds(clock));
      return new Report(
          "Order at " + servers.all(),
          plan.seed(),
          order.done,
          tally,
          findings,
          Duration.ofNanos(System.nanoTime() - from),
          "");
    }
  }

  private List<Finding> findings(ClientIds ids) throws InterruptedException {
    done.put("servers", Integer.toString(servers.size()));
    done.put("people", Integer.toString(plan.people()));
    done.put("conversations", Integer.toString(plan.talks()));
    Cast cast = Cast.assembled(client, plan.people(), plan.talks(), chance);
    if (!cast.findings().isEmpty()) {
      // Where it is not clear which conversation people have, nothing can be said of it.
      return cast.findings();
    }
    Workload workload = new Workload(client, cast, ids, tally, Workload.Mix.USUAL);
    List<LiveReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < plan.readers(); i++) {
        Person person = cast.people().get(i);
        readers.add(
            i % 2 == 0
                ? LiveReader.onBadLine(client, person, i, chance.nextLong(), tally)
                : LiveReader.onGoodLine(client, person, i, tally));
      }
      // Whoever connects when all is said has heard nothing live.
      for (LiveReader reader : readers) {
        reader.awaitConnected();
      }
      long from = System.nanoTime();
      workload.start(cast.talks(), 1, plan.messages());
      workload.join(plan.atMost());
      double seconds = (System.nanoTime() - from) / 1e9;
      Examination examination = new Examination(client, cast, workload.ledger(), readers);
      List<Finding> findings = examination.findings(plan.inboxBound());
      Duration inboxes = examination.inboxesTook();
      if (findings.isEmpty()) {
        // Only now: what was lost would be put back.
        workload.replay(REPLAYED, chance);
        findings = examination.findings(plan.inboxBound());
      }
      long acknowledged = workload.ledger().acknowledgedCount();
      done.put("messages acknowledged", Long.toString(acknowledged));
      done.put("messages a second", Long.toString(Math.round(acknowledged / seconds)));
      done.put("milliseconds until every inbox was right", Long.toString(inboxes.toMillis()));
      return findings;
    } finally {
      workload.stop();
      readers.forEach(LiveReader::close);
    }
  }
}
