package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Inbox;
import parley.messaging.inbox.InboxCursor;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxStore.Advance;
import parley.messaging.inbox.InboxStore.Guard;
import parley.messaging.inbox.Place;
import parley.messaging.inbox.RowKey;

/// Pages of an inbox: newest first, each conversation once, in exact order while nothing moves.
class InboxPagesTest {
  private static final UserId ALICE = World.person(1);
  private static final UserId BOB = World.person(2);

  private final UnitMeter meter = new UnitMeter();
  private final World world =
      new World(TestTables.inMemory(TestTables.engine().client(), meter), new TestClock());
  private final Random random = new Random(42);

  /// Rows whose newest messages lie at random within `span`, each up to a quarter of an hour after
  /// the row last moved.
  private void rows(int count, Duration span) {
    for (int i = 0; i < count; i++) {
      byte[] bits = new byte[17];
      random.nextBytes(bits);
      ConversationId id = ConversationId.of(bits);
      Instant movedAt = TestClock.START.minusMillis(random.nextLong(span.toMillis() + 1));
      Instant at = movedAt.plusMillis(random.nextLong(Limits.ROW_MOVES_AFTER.toMillis() + 1));
      world.rows.advance(
          new RowKey(ALICE, id),
          new Advance(
              BOB,
              new InboxRow.Last(1, 1, at, BOB, "x".repeat(40), 0),
              null,
              new Place(Place.INBOX, movedAt, id)),
          new Guard.First());
    }
  }

  private List<InboxRow> allPages(int limit) {
    List<InboxRow> all = new ArrayList<>();
    InboxCursor cursor = null;
    for (int pages = 0; pages < 2_000; pages++) {
      Inbox.Page page = world.inbox.page(ALICE, cursor, limit);
      assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.rows());
      cursor = page.next();
      if (cursor == null) {
        return all;
      }
    }
    throw new AssertionError("the pages never end");
  }

  private static final Comparator<InboxRow> EXACT =
      Comparator.comparing((InboxRow row) -> row.last().at())
          .thenComparing(row -> row.key().conversation())
          .reversed();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 19, 20, 21, 100, 101, 350})
  void everyConversationOnceAndInExactOrder(int count) {
    // At most a handful within any quarter of an hour.
    rows(count, Duration.ofDays(10));
    for (int limit : new int[] {1, 20, 50}) {
      if (count <= 101 || limit > 1) {
        List<InboxRow> all = allPages(limit);
        assertThat(new HashSet<>(all)).hasSize(count);
        assertThat(all).hasSize(count).isSortedAccordingTo(EXACT);
      }
    }
  }

  @Test
  void aCrowdIsShownInPortionsEachInOrderAndEveryConversationOnce() {
    rows(700, Duration.ofMinutes(5));
    rows(60, Duration.ofDays(30));
    List<InboxRow> all = allPages(20);
    assertThat(all).hasSize(760);
    assertThat(all.stream().map(InboxRow::key).distinct()).hasSize(760);
    // Within a portion the order is exact; across portions it is within a quarter of an hour.
    for (int i = 1; i < all.size(); i++) {
      Instant before = all.get(i - 1).last().at();
      assertThat(all.get(i).last().at())
          .isBefore(before.plus(Limits.ROW_MOVES_AFTER).plus(Duration.ofMinutes(5)));
    }
    assertThat(all.subList(all.size() - 40, all.size())).isSortedAccordingTo(EXACT);
  }

  @Test
  void rowsInOtherFoldersAndRowsWithoutMessagesAreNotShown() {
    rows(30, Duration.ofDays(1));
    ConversationId hidden = ConversationId.of(new byte[17]);
    world.rows.markRead(new RowKey(ALICE, hidden), new InboxRow.Mark(1, 1), true);
    assertThat(allPages(20)).hasSize(30);
    rows(100, Duration.ofDays(1));
    assertThat(allPages(20)).hasSize(130);
  }

  @Test
  void prices() {
    rows(100, Duration.ofDays(60));
    meter.reset();
    world.inbox.page(ALICE, null, 20);
    assertThat(meter.reads()).as("100 conversations").isLessThanOrEqualTo(4);
    rows(9_900, Duration.ofDays(60));
    world.inbox.page(ALICE, null, 20);
    meter.reset();
    InboxCursor next = world.inbox.page(ALICE, null, 20).next();
    assertThat(meter.reads()).as("20 of 10,000 over 60 days").isLessThanOrEqualTo(12);
    meter.reset();
    world.inbox.page(ALICE, next, 20);
    assertThat(meter.reads()).as("the page after").isLessThanOrEqualTo(12);
  }

  @Test
  void priceOfACrowd() {
    rows(1_000, Duration.ZERO);
    world.inbox.page(ALICE, null, 20);
    meter.reset();
    InboxCursor next = world.inbox.page(ALICE, null, 20).next();
    assertThat(meter.reads()).as("1,000 at once").isLessThanOrEqualTo(52);
    meter.reset();
    world.inbox.page(ALICE, next, 20);
    assertThat(meter.reads()).as("the page after").isLessThanOrEqualTo(52);
  }
}
