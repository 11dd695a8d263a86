package parley.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.prove.InboxCheck.Row;

/// Two views that are not the same, and inboxes in which one thing is wrong.
class ViewAndInboxCheckTest {
  private static final Instant TEN = Instant.parse("2026-01-05T10:00:00Z");
  private static final Item ONE = new Item(1, "ann", "one", "id-1");
  private static final Item TWO = new Item(2, "ben", "two", null);
  private static final Item THREE = new Item(3, "ben", "three", null);

  private static List<Finding> views(List<Item> one, List<Item> other) {
    return ViewCheck.of(Promise.SAME_FOR_BOTH, "here", one, other);
  }

  @Test
  void viewsAreTheSameWhoeverIsToldTheClientIds() {
    assertThat(views(List.of(ONE, TWO), List.of(ONE.asOthersSeeIt(), TWO))).isEmpty();
    assertThat(views(List.of(), List.of())).isEmpty();
  }

  @Test
  void viewsDifferInOneMessage() {
    assertThat(views(List.of(ONE, TWO, THREE), List.of(ONE, TWO)))
        .extracting(Finding::what)
        .containsExactly("one has 3 messages, the other 2");
    assertThat(views(List.of(ONE, TWO, THREE), List.of(ONE, THREE)))
        .extracting(Finding::what)
        .containsExactly("one has number 2 where the other has 3");
    assertThat(views(List.of(ONE, TWO), List.of(ONE, new Item(2, "ben", "too", null))))
        .extracting(Finding::what)
        .containsExactly("number 2 is not the same for both");
  }

  private final List<Row> rows =
      new ArrayList<>(
          List.of(
              new Row("later", 3, "three", "ben", TEN.plusSeconds(1), 2, 0),
              new Row("sooner", 3, "three", "ben", TEN, 1, 2)));
  private final Map<String, List<Item>> logs =
      Map.of(
          "later",
          List.of(ONE, TWO, THREE),
          "sooner",
          List.of(ONE, TWO, THREE),
          "empty",
          List.of());

  private List<String> inbox() {
    return InboxCheck.of("here", "ann", rows, logs, Map.of("sooner", 2L)).stream()
        .map(Finding::what)
        .toList();
  }

  @Test
  void theInboxIsRight() {
    assertThat(inbox()).isEmpty();
  }

  @Test
  void aRowIsMissingDoubledOrTooMuch() {
    Row row = rows.removeLast();
    assertThat(inbox()).containsExactly("conversation sooner is there 0 times");
    rows.add(row);
    rows.add(row);
    assertThat(inbox()).containsExactly("conversation sooner is there 2 times");
    rows.removeLast();
    rows.add(new Row("empty", 0, "", "", Instant.EPOCH, 0, 0));
    assertThat(inbox()).containsExactly("conversation empty should not be there");
  }

  @Test
  void aRowIsBehind() {
    rows.set(1, new Row("sooner", 2, "two", "ben", TEN, 0, 2));
    assertThat(inbox()).containsExactly("conversation sooner shows number 2, and its last is 3");
    rows.set(1, new Row("sooner", 3, "two", "ben", TEN, 1, 2));
    assertThat(inbox()).hasSize(1);
  }

  @Test
  void unreadIsWrong() {
    rows.set(0, new Row("later", 3, "three", "ben", TEN.plusSeconds(1), 3, 0));
    assertThat(inbox()).containsExactly("conversation later has 3 unread, and should have 2");
  }

  @Test
  void aMarkIsForgotten() {
    rows.set(1, new Row("sooner", 3, "three", "ben", TEN, 2, 0));
    assertThat(inbox())
        .containsExactly(
            "conversation sooner is marked as read up to 0, and was up to 2",
            "conversation sooner has 2 unread, and should have 1");
  }

  @Test
  void theOrderIsWrong() {
    rows.add(rows.removeFirst());
    assertThat(inbox()).containsExactly("conversation later stands below an older one");
  }
}
