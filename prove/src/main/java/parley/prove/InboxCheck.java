package parley.prove;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What is wrong with one person's inbox, given the logs.
final class InboxCheck {
  /// A row: the newest message, and what is unread.
  record Row(
      String conversation, long seq, String text, String from, Instant at, long unread, long read) {
    static Row of(JsonNode json) {
      JsonNode last = json.path("last");
      return new Row(
          json.path("id").asString(""),
          last.path("seq").asLong(),
          last.path("text").asString(""),
          last.path("from").asString(""),
          Instant.parse(last.path("at").asString("1970-01-01T00:00:00Z")),
          json.path("unread").asLong(),
          json.path("readSeq").asLong());
    }
  }

  private final String where;
  private final String person;
  private final List<Finding> findings = new ArrayList<>();

  private InboxCheck(String where, String person) {
    this.where = where;
    this.person = person;
  }

  /// `logs` are those of this person's conversations; `marks` how far they said that they had read,
  /// 0 where they said nothing.
  static List<Finding> of(
      String where,
      String person,
      List<Row> rows,
      Map<String, List<Item>> logs,
      Map<String, Long> marks) {
    InboxCheck check = new InboxCheck(where, person);
    Set<String> wanted = new HashSet<>();
    logs.forEach((id, log) -> {
      if (!log.isEmpty()) {
        wanted.add(id);
      }
    });
    Map<String, Integer> times = new HashMap<>();
    for (Row row : rows) {
      times.merge(row.conversation(), 1, Integer::sum);
      List<Item> log = logs.getOrDefault(row.conversation(), List.of());
      if (log.isEmpty()) {
        check.found("conversation %s should not be there".formatted(row.conversation()));
      } else {
        check.row(row, log, marks.getOrDefault(row.conversation(), 0L));
      }
    }
    for (String id : wanted) {
      int count = times.getOrDefault(id, 0);
      if (count != 1) {
        check.found("conversation %s is there %d times".formatted(id, count));
      }
    }
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).at().isAfter(rows.get(i - 1).at())) {
        check.found(
            "conversation %s stands below an older one".formatted(rows.get(i).conversation()));
      }
    }
    return check.findings;
  }

  private void found(String what) {
    findings.add(new Finding(Promise.INBOX, where, what));
  }

  private void row(Row row, List<Item> log, long mark) {
    Item last = log.getLast();
    if (row.seq() != last.seq()
        || !row.text().equals(last.text())
        || !row.from().equals(last.from())) {
      found(
          "conversation %s shows number %d, and its last is %d"
              .formatted(row.conversation(), row.seq(), last.seq()));
      return;
    }
    if (row.read() != mark) {
      found(
          "conversation %s is marked as read up to %d, and was up to %d"
              .formatted(row.conversation(), row.read(), mark));
    }
    // Whoever writes has read what came before.
    long known = mark;
    for (Item item : log) {
      if (item.from().equals(person)) {
        known = Math.max(known, item.seq());
      }
    }
    long seen = known;
    long unread = log.stream().filter(item -> item.seq() > seen).count();
    if (row.unread() != unread) {
      found(
          "conversation %s has %d unread, and should have %d"
              .formatted(row.conversation(), row.unread(), unread));
    }
  }
}
