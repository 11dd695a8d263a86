package parley.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;

/// In which order rows stand, and how many messages of one are unread.
class OrderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UserId ANN = UserId.of(new byte[17]);

  private static ConversationId conversation(int number) {
    byte[] bits = new byte[17];
    bits[0] = (byte) number;
    return ConversationId.of(bits);
  }

  private static InboxRow row(int conversation, Instant at, long n, Mark read, Mark own) {
    return new InboxRow(
        new RowKey(ANN, conversation(conversation)),
        ANN,
        new Last(n + 10, n, at, ANN, "x", 0),
        read,
        own,
        new Place(Place.INBOX, at, conversation(conversation)));
  }

  @Test
  void placesStandByFolderThenTimeThenConversation() {
    List<Place> sorted =
        List.of(
            new Place("A", NOON.plusSeconds(9), conversation(9)),
            new Place("I", NOON.minusMillis(1), conversation(9)),
            new Place("I", NOON, conversation(1)),
            new Place("I", NOON, conversation(2)),
            new Place("I", NOON.plusMillis(1), conversation(1)));
    List<Place> places = new ArrayList<>(sorted);
    Collections.shuffle(places, new Random(1));
    Collections.sort(places);
    assertThat(places).isEqualTo(sorted);
  }

  @Test
  void positionsStandByTimeThenConversation() {
    List<Position> sorted =
        List.of(
            new Position(NOON.minusMillis(1), conversation(9)),
            new Position(NOON, conversation(1)),
            new Position(NOON, conversation(2)),
            new Position(NOON.plusMillis(1), conversation(0)));
    List<Position> positions = new ArrayList<>(sorted);
    Collections.shuffle(positions, new Random(1));
    Collections.sort(positions);
    assertThat(positions).isEqualTo(sorted);
    assertThat(sorted.get(1)).isEqualByComparingTo(new Position(NOON, conversation(1)));
  }

  @Test
  void rowsStandNewestFirst() {
    InboxRow older = row(9, NOON.minusMillis(1), 1, Mark.NONE, Mark.NONE);
    InboxRow one = row(1, NOON, 1, Mark.NONE, Mark.NONE);
    InboxRow two = row(2, NOON, 1, Mark.NONE, Mark.NONE);
    List<InboxRow> rows = new ArrayList<>(List.of(one, older, two));
    rows.sort(InboxRow.NEWEST_FIRST);
    assertThat(rows).containsExactly(two, one, older);
  }

  @Test
  void unreadIsWhatCameAfterTheLaterOfBothMarks() {
    assertThat(row(1, NOON, 7, Mark.NONE, Mark.NONE).unread()).isEqualTo(7);
    assertThat(row(1, NOON, 7, new Mark(12, 4), Mark.NONE).unread()).isEqualTo(3);
    assertThat(row(1, NOON, 7, Mark.NONE, new Mark(12, 5)).unread()).isEqualTo(2);
    assertThat(row(1, NOON, 7, new Mark(12, 5), new Mark(9, 2)).unread()).isEqualTo(2);
    assertThat(row(1, NOON, 7, new Mark(9, 2), new Mark(17, 7)).unread()).isZero();
  }

  @Test
  void unreadIsNeverLessThanNothing() {
    assertThat(row(1, NOON, 7, new Mark(20, 9), Mark.NONE).unread())
        .as("marked as read before the projection came there")
        .isZero();
    InboxRow marked =
        new InboxRow(new RowKey(ANN, conversation(1)), null, null, new Mark(2, 2), Mark.NONE, null);
    assertThat(marked.unread()).isZero();
  }
}
