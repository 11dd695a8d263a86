package parley.messaging.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.message.Entry.Stamp;

/// The stamp that an entry gets: what of it follows from the entry before.
class StampTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Stamp LAST = new Stamp(7, NOON, 5, 3, NOON.minusSeconds(60));

  @Test
  void aMessageCountsAndAnEditDoesNot() {
    Instant now = NOON.plusSeconds(1);
    assertThat(Appender.next(LAST, now, true)).isEqualTo(new Stamp(8, now, 6, 3, LAST.movedAt()));
    assertThat(Appender.next(LAST, now, false)).isEqualTo(new Stamp(8, now, 5, 3, LAST.movedAt()));
  }

  @Test
  void timeNeverGoesBack() {
    assertThat(Appender.next(LAST, NOON.minusSeconds(900), true).at()).isEqualTo(NOON);
  }

  @Test
  void theFirstMessageMovesItsRows() {
    assertThat(Appender.next(Stamp.START, NOON, true)).isEqualTo(new Stamp(1, NOON, 1, 0, NOON));
  }

  @Test
  void rowsMoveWhenTheyAreFurtherBehindThanTheyMayBe() {
    Instant edge = LAST.movedAt().plus(Limits.ROW_MOVES_AFTER);
    assertThat(Appender.next(LAST, edge, true).movedAt()).isEqualTo(LAST.movedAt());
    assertThat(Appender.next(LAST, edge.plusMillis(1), true).movedAt())
        .isEqualTo(edge.plusMillis(1));
    assertThat(Appender.next(LAST, edge.plusMillis(1), false).movedAt())
        .as("an edit moves nothing")
        .isEqualTo(LAST.movedAt());
  }
}
