package parley.prove;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How often what happened while something was proved: a proof under faults needs to have had some.
public final class Tally {
  public enum Of {
    REQUESTS("requests"),
    REPEATED("requests repeated"),
    SENT_TWICE("messages sent twice at once"),
    SENT_AGAIN("messages sent again after their answer"),
    THROWN_AWAY("answers thrown away"),
    UNANSWERED("requests without an answer"),
    UNAVAILABLE("answers 500 and above"),
    LIMITED("answers 429"),
    CONNECTED("live connections"),
    HEARD("messages heard live"),
    LOST("events lost, doubled or held back on purpose"),
    CUT("live connections cut on purpose"),
    ASKED("messages asked for after a gap or a connecting");

    private final String words;

    Of(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private final Map<Of, LongAdder> counts = new ConcurrentHashMap<>();

  void count(Of what) {
    count(what, 1);
  }

  void count(Of what, long times) {
    counts.computeIfAbsent(what, _ -> new LongAdder()).add(times);
  }

  public long of(Of what) {
    LongAdder count = counts.get(what);
    return count == null ? 0 : count.sum();
  }

  public Map<Of, Long> all() {
    Map<Of, Long> all = new EnumMap<>(Of.class);
    for (Of what : Of.values()) {
      all.put(what, of(what));
    }
    return all;
  }
}
