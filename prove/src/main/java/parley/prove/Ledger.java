package parley.prove;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import parley.prove.Cast.Talk;
import parley.prove.Sent.Acknowledged;

/// What was sent, what was answered, and what was marked as read. Safe for use by many threads.
final class Ledger {
  /// A message that is being sent.
  static final class Saying {
    final Talk talk;
    final Person from;
    final String clientId;
    final String text;
    private final long askedAt = System.nanoTime();
    private final AtomicBoolean first = new AtomicBoolean(true);
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();

    private Saying(Talk talk, Person from, String clientId, String text) {
      this.talk = talk;
      this.from = from;
      this.clientId = clientId;
      this.text = text;
    }

    /// Whether that is the first acknowledgement: a message is sent twice at once, too.
    private boolean acknowledged(long seq) {
      acknowledged.add(new Acknowledged(seq, System.nanoTime()));
      return first.compareAndSet(true, false);
    }

    boolean isAcknowledged() {
      return !acknowledged.isEmpty();
    }

    private Sent sent() {
      return new Sent(from.id(), clientId, text, askedAt, List.copyOf(acknowledged));
    }
  }

  private record Mark(String person, String talk) {}

  private final Map<String, Queue<Saying>> sayings = new ConcurrentHashMap<>();
  private final Map<Mark, Long> marks = new ConcurrentHashMap<>();
  private final Queue<Finding> findings = new ConcurrentLinkedQueue<>();
  private final AtomicLong acknowledged = new AtomicLong();

  Saying begin(Talk talk, Person from, String clientId, String text) {
    Saying saying = new Saying(talk, from, clientId, text);
    sayings.computeIfAbsent(talk.id(), _ -> new ConcurrentLinkedQueue<>()).add(saying);
    return saying;
  }

  void acknowledge(Saying saying, long seq) {
    if (saying.acknowledged(seq)) {
      acknowledged.incrementAndGet();
    }
  }

  /// Messages that have been acknowledged.
  long acknowledgedCount() {
    return acknowledged.get();
  }

  void marked(Person person, Talk talk, long seq) {
    marks.merge(new Mark(person.id(), talk.id()), seq, Math::max);
  }

  void found(Finding finding) {
    findings.add(finding);
  }

  /// What was noticed at once, such as a refusal.
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  List<Saying> sayings(Talk talk) {
    return List.copyOf(sayings.getOrDefault(talk.id(), new ConcurrentLinkedQueue<>()));
  }

  List<Sent> sent(Talk talk) {
    return sayings(talk).stream().map(Saying::sent).toList();
  }

  /// How far this person said that they had read, by conversation.
  Map<String, Long> marks(Person person) {
    Map<String, Long> own = new HashMap<>();
    marks.forEach((mark, seq) -> {
      if (mark.person().equals(person.id())) {
        own.put(mark.talk(), seq);
      }
    });
    return own;
  }
}
