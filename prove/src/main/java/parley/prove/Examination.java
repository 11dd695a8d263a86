package parley.prove;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import parley.prove.Cast.Talk;

/// Looks at everything that is there, once nobody sends any more, and compares it with the ledger.
final class Examination {
  private static final int AT_ONCE = 8;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Gathering gathering;
  private final Cast cast;
  private final Ledger ledger;
  private final List<LiveReader> readers;
  private Duration inboxesTook = Duration.ZERO;

  Examination(Client client, Cast cast, Ledger ledger, List<LiveReader> readers) {
    this.gathering = new Gathering(client);
    this.cast = cast;
    this.ledger = ledger;
    this.readers = readers;
  }

  /// What is wrong. Inboxes have until `bound` to be right.
  List<Finding> findings(Duration bound) throws InterruptedException {
    long from = System.nanoTime();
    List<Finding> findings = new ArrayList<>(cast.findings());
    findings.addAll(ledger.findings());
    Map<String, List<Item>> logs = new HashMap<>();
    List<Callable<List<Finding>>> looks = new ArrayList<>();
    for (Talk talk : cast.talks()) {
      looks.add(() -> {
        List<Item> one = gathering.history(talk.one(), talk, 0);
        synchronized (logs) {
          logs.put(talk.id(), one);
        }
        return conversation(talk, one);
      });
    }
    Together.run(AT_ONCE, looks).forEach(findings::addAll);
    findings.addAll(inboxes(logs, from, bound));
    readers.forEach(reader -> findings.addAll(reader.findings()));
    // By now every row is as the log, so that whoever asks after a connecting hears of everything.
    for (LiveReader reader : readers) {
      Map<String, List<Item>> heard = reader.settled();
      for (Talk talk : cast.talks()) {
        if (talk.both().contains(reader.person())) {
          findings.addAll(
              ViewCheck.of(
                  Promise.LIVE,
                  talk.id() + " as " + reader.person() + " heard it",
                  logs.getOrDefault(talk.id(), List.of()),
                  heard.getOrDefault(talk.id(), List.of())));
        }
      }
    }
    return findings;
  }

  private List<Finding> conversation(Talk talk, List<Item> one) throws InterruptedException {
    List<Sent> sent = ledger.sent(talk);
    List<Item> other = gathering.history(talk.other(), talk, 1);
    List<Item> forward = gathering.log(talk.other(), talk, 0);
    List<Finding> findings = new ArrayList<>();
    findings.addAll(LogCheck.of(talk.id() + " as " + talk.one() + " sees it", one, sent));
    findings.addAll(LogCheck.of(talk.id() + " as " + talk.other() + " sees it", other, sent));
    findings.addAll(ViewCheck.of(Promise.SAME_FOR_BOTH, talk.id(), one, other));
    findings.addAll(
        ViewCheck.of(Promise.SAME_FOR_BOTH, talk.id() + " read forwards", other, forward));
    return findings;
  }

  /// How long inboxes took to be right, the last time, from when nobody sent any more.
  Duration inboxesTook() {
    return inboxesTook;
  }

  private List<Finding> inboxes(Map<String, List<Item>> logs, long from, Duration bound)
      throws InterruptedException {
    for (int round = 0; ; round++) {
      // The last look begins when the time is over, however long the one before it took.
      boolean last = System.nanoTime() - from > bound.toNanos();
      List<Callable<List<Finding>>> looks = new ArrayList<>();
      for (int i = 0; i < cast.people().size(); i++) {
        Person person = cast.people().get(i);
        int server = i + round;
        looks.add(() -> inbox(person, logs, server));
      }
      List<Finding> findings = new ArrayList<>();
      Together.run(AT_ONCE, looks).forEach(findings::addAll);
      inboxesTook = Duration.ofNanos(System.nanoTime() - from);
      if (findings.isEmpty() || last) {
        return findings;
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private List<Finding> inbox(Person person, Map<String, List<Item>> logs, int server)
      throws InterruptedException {
    Map<String, List<Item>> own = new HashMap<>();
    for (Talk talk : cast.talks()) {
      if (talk.both().contains(person)) {
        own.put(talk.id(), logs.getOrDefault(talk.id(), List.of()));
      }
    }
    return InboxCheck.of(
        "inbox of " + person,
        person.id(),
        gathering.inbox(person, server),
        own,
        ledger.marks(person));
  }
}
