package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.ConversationStore.Opened;
import parley.messaging.conversation.Head;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.InboxRow.Setting;
import parley.messaging.inbox.InboxStore.Advance;
import parley.messaging.inbox.InboxStore.Advanced;
import parley.messaging.inbox.InboxStore.Guard;
import parley.messaging.inbox.InboxStore.Marked;
import parley.messaging.inbox.Place;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Age;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Keep;
import parley.messaging.message.Log.Appended;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Log.Rewritten;
import parley.messaging.message.Vanishing;
import parley.messaging.retention.Sweep;
import parley.messaging.retention.VanishedTexts;

/// What every engine has to do for the log and the inbox: each operation of the ports, with its
/// conditions. One suite, run on each engine that Parley may stand on.
abstract class StoreContract {
  private static final Instant NOW = TestClock.START;
  private static final UserId ALICE = World.person(1);
  private static final UserId BOB = World.person(2);
  private static final ConversationId ID = ConversationId.of(new byte[17]);
  private static final RowKey ROW = new RowKey(ALICE, ID);

  private MessageLog log;
  private InboxRows rows;
  private SweepItems sweeps;

  /// A new, empty table of the engine.
  abstract Table table();

  @BeforeEach
  void connect() {
    Table table = table();
    log = new MessageLog(table);
    rows = new InboxRows(table);
    sweeps = new SweepItems(table);
  }

  private static Head head(Instant expiresAt) {
    return new Head(ID, Head.Kind.DIRECT, Set.of(ALICE, BOB), 0, expiresAt);
  }

  private static Entry.Message message(long seq, UserId from, String text) {
    Instant at = NOW.plusMillis(seq);
    return new Entry.Message(
        new Entry.Stamp(seq, at, seq, 0, NOW), from, World.clientId(NOW), World.text(text), 0);
  }

  private void append(int from, int to) {
    for (int seq = from; seq <= to; seq++) {
      assertThat(log.append(ID, message(seq, ALICE, "message " + seq)))
          .isEqualTo(new Appended.Stored());
    }
  }

  @Test
  void opensOnceAndAgainWhenItHasExpired() {
    Instant end = NOW.plus(Duration.ofDays(30));
    assertThat(log.open(head(end), NOW)).isEqualTo(new Opened.Created());
    assertThat(log.open(head(end.plusSeconds(9)), NOW)).isEqualTo(new Opened.Existing(head(end)));
    Instant later = end.plusSeconds(1);
    assertThat(log.open(head(later.plusSeconds(60)), later)).isEqualTo(new Opened.Created());
    assertThat(log.end(ID, 8, Consistency.STRONG).head()).isEqualTo(head(later.plusSeconds(60)));
  }

  @Test
  void renewsAHeadOnlyWhileItHasAnEnd() {
    log.open(head(NOW.plusSeconds(60)), NOW);
    log.renew(ID, NOW.plusSeconds(600));
    assertThat(log.end(ID, 1, Consistency.STRONG).head().expiresAt())
        .isEqualTo(NOW.plusSeconds(600));
    log.settle(ID);
    assertThat(log.end(ID, 1, Consistency.STRONG).head().expiresAt()).isNull();
    log.renew(ID, NOW.plusSeconds(900));
    assertThat(log.end(ID, 1, Consistency.STRONG).head().expiresAt()).isNull();
  }

  @Test
  void settlingMakesNoHead() {
    log.settle(ID);
    log.reflect(ID, 3, Set.of(ALICE));
    log.renew(ID, NOW);
    assertThat(log.end(ID, 1, Consistency.STRONG)).isNull();
  }

  @Test
  void aNumberIsTakenOnce() {
    Entry.Message first = message(1, ALICE, "first");
    assertThat(log.append(ID, first)).isEqualTo(new Appended.Stored());
    assertThat(log.append(ID, message(1, BOB, "second"))).isEqualTo(new Appended.Occupied(first));
    assertThat(log.entry(ID, 1)).isEqualTo(first);
    assertThat(log.entry(ID, 2)).isNull();
  }

  @Test
  void everyKindOfEntryComesBackAsItWent() {
    Entry.Stamp stamp = new Entry.Stamp(4, NOW, 3, 2, NOW.minusSeconds(5));
    Entry.Stamp kept =
        new Entry.Stamp(4, NOW, 3, 2, NOW.minusSeconds(5), Set.of(BOB), new Keep(0, 4, 7));
    List<Entry.Authored> entries =
        List.of(
            new Entry.Message(
                stamp, ALICE, World.clientId(NOW), World.text("a\n\tb 🜁 \u202eש"), 0),
            new Entry.Message(stamp, ALICE, World.clientId(NOW), null, 7),
            new Entry.Edit(stamp, ALICE, World.clientId(NOW), 3, 2, World.text("new")),
            new Entry.Edit(stamp, ALICE, World.clientId(NOW), 3, 2, null),
            new Entry.Edit(
                stamp,
                ALICE,
                World.clientId(NOW),
                3,
                2,
                World.text("new"),
                false,
                new Age(NOW.minusSeconds(60), 7)),
            new Entry.Message(kept, ALICE, World.clientId(NOW), World.text("for a week"), 0),
            new Entry.Retention(kept, BOB, World.clientId(NOW), 7),
            new Entry.Retention(stamp, BOB, World.clientId(NOW), 0),
            new Entry.Unsend(stamp, BOB, World.clientId(NOW), 3, 2),
            new Entry.Members(stamp, BOB, World.clientId(NOW), Set.of(ALICE), Set.of(BOB)),
            new Entry.Members(stamp, BOB, World.clientId(NOW), Set.of(ALICE, BOB), Set.of()));
    for (int i = 0; i < entries.size(); i++) {
      byte[] bits = new byte[17];
      bits[0] = (byte) (i + 1);
      ConversationId id = ConversationId.of(bits);
      log.append(id, entries.get(i));
      assertThat(log.entry(id, 4)).isEqualTo(entries.get(i));
    }
  }

  @Test
  void oneReadGivesTheHeadAndTheNewestEntries() {
    assertThat(log.end(ID, 8, Consistency.STRONG)).isNull();
    log.open(head(NOW.plusSeconds(60)), NOW);
    assertThat(log.end(ID, 8, Consistency.STRONG).entries()).isEmpty();
    append(1, 12);
    assertThat(log.end(ID, 8, Consistency.STRONG).entries())
        .extracting(Entry::seq)
        .containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    assertThat(log.end(ID, 8, Consistency.STRONG).lastSeq()).isEqualTo(12);
  }

  @Test
  void pagesBothWaysAndNeverTakesTheHeadForAnEntry() {
    log.open(head(NOW.plusSeconds(60)), NOW);
    append(1, 11);
    assertThat(log.after(ID, 8, 50, Consistency.STRONG))
        .extracting(Entry::seq)
        .containsExactly(9L, 10L, 11L);
    assertThat(log.after(ID, 2, 3, Consistency.STRONG))
        .extracting(Entry::seq)
        .containsExactly(3L, 4L, 5L);
    assertThat(log.after(ID, 11, 50, Consistency.STRONG)).isEmpty();
    assertThat(log.before(ID, 4, 50, Consistency.STRONG))
        .extracting(Entry::seq)
        .containsExactly(1L, 2L, 3L);
    assertThat(log.before(ID, 9, 2, Consistency.STRONG))
        .extracting(Entry::seq)
        .containsExactly(7L, 8L);
    assertThat(log.before(ID, 1, 2, Consistency.STRONG)).isEmpty();
  }

  @Test
  void orderHoldsWherePaddingMatters() {
    log.append(ID, message(9, ALICE, "9"));
    log.append(ID, message(10, ALICE, "10"));
    log.append(ID, message(100, ALICE, "100"));
    assertThat(log.after(ID, 0, 50, Consistency.STRONG))
        .extracting(Entry::seq)
        .containsExactly(9L, 10L, 100L);
  }

  @Test
  void rewritesForwardOnly() {
    append(1, 1);
    assertThat(log.rewrite(ID, 1, World.text("edit 3"), 3, Set.of(3L)))
        .isEqualTo(new Rewritten(false, Set.of(3L)));
    assertThat(log.rewrite(ID, 1, World.text("edit 2"), 2, Set.of(2L)))
        .as("an edit that comes late is remembered")
        .isEqualTo(new Rewritten(false, Set.of(2L, 3L)));
    assertThat(log.entry(ID, 1))
        .isInstanceOfSatisfying(
            Entry.Message.class,
            m -> {
              assertThat(m.text()).isEqualTo(World.text("edit 3"));
              assertThat(m.rev()).isEqualTo(3);
            });
    assertThat(log.rewrite(ID, 1, null, 5, Set.of()))
        .isEqualTo(new Rewritten(true, Set.of(2L, 3L)));
    assertThat(log.rewrite(ID, 1, World.text("edit 4"), 4, Set.of(4L)).unsent()).isTrue();
    assertThat(log.entry(ID, 1))
        .isInstanceOfSatisfying(Entry.Message.class, m -> assertThat(m.text()).isNull());
    assertThat(log.rewrite(ID, 2, World.text("nothing there"), 4, Set.of(4L))).isNull();
    assertThat(log.entry(ID, 2)).isNull();
  }

  @Test
  void anEditLosesItsTextAndNothingElse() {
    Entry.Stamp stamp = new Entry.Stamp(1, NOW, 1, 0, NOW);
    ClientId clientId = World.clientId(NOW);
    log.append(ID, new Entry.Edit(stamp, ALICE, clientId, 3, 2, World.text("new")));
    log.blank(ID, 1);
    log.blank(ID, 1);
    log.blank(ID, 2);
    assertThat(log.entry(ID, 1)).isEqualTo(new Entry.Edit(stamp, ALICE, clientId, 3, 2, null));
    assertThat(log.entry(ID, 2)).isNull();
  }

  @Test
  void theHeadReflectsForwardOnly() {
    log.open(head(NOW.plusSeconds(60)), NOW);
    log.reflect(ID, 5, Set.of(ALICE));
    log.reflect(ID, 4, Set.of(ALICE, BOB));
    Head head = log.end(ID, 1, Consistency.STRONG).head();
    assertThat(head.members()).containsExactly(ALICE);
    assertThat(head.stateSeq()).isEqualTo(5);
  }

  private static Advance advance(long n, String preview, Mark own) {
    return new Advance(
        BOB,
        new Last(n, n, NOW.plusMillis(n), BOB, preview, 0),
        own,
        new Place(Place.INBOX, NOW, ID));
  }

  @Test
  void aRowStartsOnceAndThenJoinsOnWithoutAGap() {
    Guard first = new Guard.First();
    assertThat(rows.advance(ROW, advance(1, "one", null), new Guard.Continues(1)))
        .isEqualTo(new Advanced.Refused(null));
    assertThat(rows.advance(ROW, advance(1, "one", null), first))
        .isEqualTo(new Advanced.Done(rows.row(ROW)));
    assertThat(rows.advance(ROW, advance(1, "other", null), first))
        .isInstanceOfSatisfying(
            Advanced.Refused.class, r -> assertThat(r.row().last().preview()).isEqualTo("one"));
    assertThat(rows.advance(ROW, advance(4, "four", null), new Guard.Continues(3)))
        .isInstanceOf(Advanced.Refused.class);
    assertThat(rows.advance(ROW, advance(4, "four", new Mark(3, 3)), new Guard.Continues(2)))
        .isInstanceOf(Advanced.Done.class);
    assertThat(rows.advance(ROW, advance(3, "three", null), new Guard.Continues(2)))
        .isInstanceOf(Advanced.Refused.class);
    InboxRow row = rows.row(ROW);
    assertThat(row.last()).isEqualTo(new Last(4, 4, NOW.plusMillis(4), BOB, "four", 0));
    assertThat(row.own()).isEqualTo(new Mark(3, 3));
    assertThat(row.peer()).isEqualTo(BOB);
    assertThat(row.unread()).isEqualTo(1);
  }

  @Test
  void marksNeverGoBackAndMayComeFirst() {
    assertThat(rows.markRead(ROW, new Mark(2, 2), false)).isEqualTo(new Marked.Refused(null));
    assertThat(rows.markReadToEnd(ROW, 2)).isEqualTo(new Marked.Refused(null));
    assertThat(rows.markRead(ROW, new Mark(2, 2), true)).isInstanceOf(Marked.Set.class);
    assertThat(rows.row(ROW).last()).isNull();
    assertThat(rows.advance(ROW, advance(3, "three", null), new Guard.First()))
        .isInstanceOf(Advanced.Done.class);
    assertThat(rows.row(ROW).unread()).isEqualTo(1);
    assertThat(rows.markRead(ROW, new Mark(1, 1), false))
        .isInstanceOfSatisfying(
            Marked.Refused.class, r -> assertThat(r.row().read()).isEqualTo(new Mark(2, 2)));
    assertThat(rows.markReadToEnd(ROW, 2)).isInstanceOf(Marked.Refused.class);
    assertThat(rows.markReadToEnd(ROW, 3))
        .isInstanceOfSatisfying(
            Marked.Set.class, s -> assertThat(s.row().read()).isEqualTo(new Mark(3, 3)));
    assertThat(rows.row(ROW).unread()).isZero();
  }

  @Test
  void amendsOnlyWhatARowShowsAndForwardOnly() {
    assertThat(rows.amend(ROW, 1, "x", 2)).isEqualTo(new Advanced.Refused(null));
    rows.advance(ROW, advance(1, "one", null), new Guard.First());
    assertThat(rows.amend(ROW, 2, "x", 9)).isInstanceOf(Advanced.Refused.class);
    assertThat(rows.amend(ROW, 1, "edited", 3)).isEqualTo(new Advanced.Done(rows.row(ROW)));
    assertThat(rows.amend(ROW, 1, "older edit", 2)).isInstanceOf(Advanced.Refused.class);
    assertThat(rows.amend(ROW, 1, null, 4)).isInstanceOf(Advanced.Done.class);
    assertThat(rows.row(ROW).last().preview()).isNull();
  }

  @Test
  void aRowSaysForHowLongMessagesAreKeptAndNeverGoesBack() {
    Setting week = new Setting(7, 2, 1);
    assertThat(rows.retain(ROW, week)).isEqualTo(new Advanced.Refused(null));
    rows.markRead(ROW, new Mark(1, 1), true);
    assertThat(rows.retain(ROW, week)).isInstanceOf(Advanced.Refused.class);
    rows.advance(ROW, advance(1, "one", null), new Guard.First());
    assertThat(rows.retain(ROW, week)).isEqualTo(new Advanced.Done(rows.row(ROW)));
    assertThat(rows.row(ROW).setting()).isEqualTo(week);
    assertThat(rows.retain(ROW, new Setting(1, 2, 1))).isInstanceOf(Advanced.Refused.class);
    assertThat(rows.retain(ROW, new Setting(0, 5, 3))).isInstanceOf(Advanced.Done.class);
    assertThat(rows.retain(ROW, week)).isInstanceOf(Advanced.Refused.class);
    rows.advance(ROW, advance(3, "three", null), new Guard.Continues(2));
    assertThat(rows.row(ROW).setting()).isEqualTo(new Setting(0, 5, 3));
  }

  @Test
  void oneSweepIsTakenByOneAndRestsUntilItIsWanted() {
    assertThat(sweeps.sweep()).isNull();
    sweeps.want(NOW, NOW.plusSeconds(60));
    Sweep first = sweeps.sweep();
    assertThat(first).isEqualTo(new Sweep(NOW.plusSeconds(60), NOW, null, 0, 1));
    Sweep taken = sweeps.move(new Sweep(NOW.plusSeconds(90), NOW, "5:cursor", 3, 1));
    assertThat(taken).isEqualTo(sweeps.sweep()).isEqualTo(taken);
    assertThat(sweeps.move(first)).as("somebody else has it").isNull();
    sweeps.want(NOW.plusSeconds(1), NOW);
    assertThat(sweeps.sweep())
        .as("it goes on where it is")
        .isEqualTo(new Sweep(NOW.plusSeconds(90), NOW.plusSeconds(1), "5:cursor", 3, 3));
    assertThat(sweeps.move(taken)).as("it is wanted since").isNull();
    Sweep resting = sweeps.move(new Sweep(null, NOW, null, 0, 3));
    assertThat(sweeps.sweep()).isEqualTo(resting);
    sweeps.want(NOW, NOW.plusSeconds(7));
    assertThat(sweeps.sweep().nextAt()).isEqualTo(NOW.plusSeconds(7));
  }

  @Test
  void textsOfWhatIsOverAreTakenAwayPieceByPiece() {
    append(1, 3);
    rows.advance(ROW, advance(3, "three", null), new Guard.First());
    Vanishing vanishing = new Vanishing(() -> NOW.plusMillis(2).plus(Duration.ofDays(1)), 1);
    long blanked = 0;
    String cursor = null;
    int pieces = 0;
    do {
      VanishedTexts.Piece piece = sweeps.blank(vanishing, cursor, 2);
      blanked += piece.blanked();
      cursor = piece.next();
      pieces++;
    } while (cursor != null);
    assertThat(blanked).isEqualTo(2);
    assertThat(pieces).isGreaterThan(1);
    assertThat(log.after(ID, 0, 10, Consistency.STRONG))
        .extracting(entry -> ((Entry.Message) entry).vanished())
        .containsExactly(true, true, false);
    assertThat(rows.row(ROW).last().preview()).isEqualTo("three");
    Vanishing later = new Vanishing(() -> NOW.plus(Duration.ofDays(2)), 1);
    assertThat(sweeps.blank(later, null, 100)).isEqualTo(new VanishedTexts.Piece(2, 0, null));
    assertThat(rows.row(ROW).last().preview()).isNull();
    assertThat(rows.row(ROW).last().vanished()).isTrue();
    assertThat(sweeps.blank(later, null, 100)).isEqualTo(new VanishedTexts.Piece(0, 0, null));
    // What comes next is shown as ever; an edit of what is gone gives it no text.
    rows.advance(ROW, advance(4, "four", null), new Guard.Continues(4));
    assertThat(rows.row(ROW).last().vanished()).isFalse();
    assertThat(log.rewrite(ID, 1, World.text("late"), 9, Set.of(9L)))
        .isEqualTo(new Rewritten(true, Set.of(9L)));
    assertThat(log.entry(ID, 1))
        .isInstanceOfSatisfying(
            Entry.Message.class,
            message -> {
              assertThat(message.text()).isNull();
              assertThat(message.rev()).isEqualTo(9);
            });
  }

  @Test
  void theIndexHoldsRowsInFoldersAndNothingElse() {
    log.open(head(NOW.plusSeconds(60)), NOW);
    append(1, 3);
    rows.markRead(ROW, new Mark(1, 1), true);
    assertThat(rows.places(ALICE, Place.INBOX, null, 10)).isEmpty();
    rows.advance(ROW, advance(1, "one", null), new Guard.First());
    assertThat(rows.places(ALICE, Place.INBOX, null, 10))
        .containsExactly(new Place(Place.INBOX, NOW, ID));
    assertThat(rows.places(ALICE, "A", null, 10)).isEmpty();
    rows.remove(ROW);
    assertThat(rows.places(ALICE, Place.INBOX, null, 10)).isEmpty();
    assertThat(rows.row(ROW)).isNull();
  }

  @Test
  void placesComeHighestFirstAndPageWithoutRepeating() {
    for (int i = 0; i < 9; i++) {
      byte[] bits = new byte[17];
      bits[0] = (byte) i;
      ConversationId id = ConversationId.of(bits);
      rows.advance(
          new RowKey(ALICE, id),
          new Advance(
              BOB,
              new Last(1, 1, NOW, BOB, "x", 0),
              null,
              // Three rows a millisecond: ties are broken by the conversation.
              new Place(Place.INBOX, NOW.plusMillis(i / 3), id)),
          new Guard.First());
    }
    List<Place> all = rows.places(ALICE, Place.INBOX, null, 100);
    assertThat(all).hasSize(9).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    List<Place> first = rows.places(ALICE, Place.INBOX, null, 4);
    List<Place> second = rows.places(ALICE, Place.INBOX, first.getLast(), 4);
    List<Place> third = rows.places(ALICE, Place.INBOX, second.getLast(), 4);
    assertThat(first).isEqualTo(all.subList(0, 4));
    assertThat(second).isEqualTo(all.subList(4, 8));
    assertThat(third).isEqualTo(all.subList(8, 9));
    assertThat(rows.rows(ALICE, all.stream().map(Place::conversation).toList())).hasSize(9);
    assertThat(rows.anyRows(ALICE, 5)).hasSize(5);
    assertThat(rows.anyRows(ALICE, 50)).hasSize(9);
    assertThat(rows.anyRows(BOB, 50)).isEmpty();
  }

  @Test
  void aRowInAnotherFolderIsNotDraggedBack() {
    rows.advance(ROW, advance(1, "one", null), new Guard.First());
    InboxRow row = rows.row(ROW);
    Place archived = new Place("A", NOW, ID);
    rows.advance(ROW, new Advance(BOB, row.last(), null, archived), new Guard.Unchanged(row));
    assertThat(rows.advance(ROW, advance(2, "two", null), new Guard.Continues(2)))
        .isInstanceOf(Advanced.Refused.class);
    InboxRow seen = rows.row(ROW);
    assertThat(seen.place()).isEqualTo(archived);
    assertThat(rows.advance(ROW, advance(2, "two", null), new Guard.Unchanged(row)))
        .as("the row was seen in another folder since")
        .isInstanceOf(Advanced.Refused.class);
    assertThat(
            rows.advance(
                ROW,
                new Advance(BOB, advance(2, "two", null).last(), null, archived),
                new Guard.Unchanged(seen)))
        .isInstanceOf(Advanced.Done.class);
  }
}
