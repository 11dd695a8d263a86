package parley.prove;

import static parley.prove.Promise.ANSWERED;
import static parley.prove.Promise.AS_SENT;
import static parley.prove.Promise.IN_ORDER;
import static parley.prove.Promise.KEPT;
import static parley.prove.Promise.NO_GAP;
import static parley.prove.Promise.ONCE;
import static parley.prove.Promise.SAME_NUMBER;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parley.prove.Sent.Acknowledged;

/// What is wrong with one history, given what was sent into the conversation.
final class LogCheck {
  private final String where;
  private final List<Finding> findings = new ArrayList<>();

  private LogCheck(String where) {
    this.where = where;
  }

  /// `log` is in the order in which a server gave it.
  static List<Finding> of(String where, List<Item> log, List<Sent> sent) {
    LogCheck check = new LogCheck(where);
    check.numbers(log);
    Map<String, List<Item>> byText = new HashMap<>();
    for (Item item : log) {
      byText.computeIfAbsent(item.text(), _ -> new ArrayList<>()).add(item);
    }
    Map<String, Sent> sentByText = new HashMap<>();
    for (Sent one : sent) {
      sentByText.put(one.text(), one);
      check.one(one, byText.getOrDefault(one.text(), List.of()));
    }
    for (Item item : log) {
      if (!sentByText.containsKey(item.text())) {
        check.found(AS_SENT, "number %d was sent by nobody".formatted(item.seq()));
      }
    }
    check.order(log, sentByText);
    return check.findings;
  }

  private void found(Promise promise, String what) {
    findings.add(new Finding(promise, where, what));
  }

  private void numbers(List<Item> log) {
    long last = 0;
    for (Item item : log) {
      if (item.seq() > last + 1) {
        found(NO_GAP, "after number %d comes %d".formatted(last, item.seq()));
      } else if (item.seq() <= last) {
        found(NO_GAP, "number %d comes after %d".formatted(item.seq(), last));
      }
      last = Math.max(last, item.seq());
    }
  }

  private void one(Sent sent, List<Item> there) {
    Set<Long> numbers = new TreeSet<>();
    sent.acknowledged().forEach(answer -> numbers.add(answer.seq()));
    String name = "message " + sent.clientId();
    if (numbers.isEmpty()) {
      found(ANSWERED, name + " was never acknowledged");
    } else if (numbers.size() > 1) {
      found(SAME_NUMBER, name + " was acknowledged as numbers " + numbers);
    }
    if (there.isEmpty()) {
      if (!numbers.isEmpty()) {
        found(KEPT, "%s was acknowledged as %s and is not there".formatted(name, numbers));
      }
      return;
    }
    List<Long> at = there.stream().map(Item::seq).toList();
    if (there.size() > 1) {
      found(ONCE, name + " is there as numbers " + at);
    } else if (numbers.size() == 1 && !numbers.contains(at.getFirst())) {
      found(
          SAME_NUMBER,
          "%s was acknowledged as %s and is number %d".formatted(name, numbers, at.getFirst()));
    }
    for (Item item : there) {
      if (!item.from().equals(sent.from())
          || item.clientId() != null && !item.clientId().equals(sent.clientId())) {
        found(AS_SENT, "number %d has another sender or client id".formatted(item.seq()));
      }
    }
  }

  /// Whoever was acknowledged before another was even sent has the smaller number. That holds for
  /// one sender's messages and for those of different people.
  private void order(List<Item> log, Map<String, Sent> sentByText) {
    long earliest = 0;
    @Nullable Item who = null;
    for (Item item : log.reversed()) {
      Sent sent = sentByText.get(item.text());
      if (sent == null) {
        continue;
      }
      if (who != null && earliest - sent.askedAt() < 0) {
        found(
            IN_ORDER,
            "number %d was sent when number %d had been acknowledged"
                .formatted(item.seq(), who.seq()));
      }
      for (Acknowledged answer : sent.acknowledged()) {
        if (who == null || answer.at() - earliest < 0) {
          earliest = answer.at();
          who = item;
        }
      }
    }
  }
}
