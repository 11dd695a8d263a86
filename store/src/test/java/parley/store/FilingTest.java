package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Filing.Wish;
import parley.messaging.inbox.Folder;
import parley.messaging.inbox.Inbox;
import parley.messaging.inbox.InboxCursor;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.Place;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Entry;
import parley.messaging.message.History;

/// What people do with their conversations for themselves: nobody else sees any of it.
class FilingTest {
  private static final UserId ALICE = World.person(1);
  private static final UserId BOB = World.person(2);

  private static final Wish TO_ARCHIVE = new Wish(Folder.ARCHIVE, null);
  private static final Wish TO_INBOX = new Wish(Folder.INBOX, null);
  private static final Wish MUTE = new Wish(null, true);
  private static final Wish UNMUTE = new Wish(null, false);

  private final TestClock clock = new TestClock();
  private final World world = new World(TestTables.inMemory(), clock);
  private final ConversationId id = world.conversations.openDirect(ALICE, BOB);

  FilingTest() {
    world.send(ALICE, id, "one");
    world.send(BOB, id, "two");
    world.drain();
  }

  private InboxRow row(UserId user) {
    return Objects.requireNonNull(world.rows.row(new RowKey(user, id)));
  }

  private void arrives(String text) {
    clock.advance(Limits.ROW_MOVES_AFTER.plusMillis(1));
    world.send(BOB, id, text);
    world.drain();
  }

  /// Where it is found, by every way to look, after a rebuild has found nothing wrong.
  private Folder folder(UserId user) {
    assertThat(world.rebuild().run(false).differences()).isEmpty();
    Folder found = null;
    for (Folder folder : Folder.values()) {
      Inbox.Page page = world.inbox.page(user, folder, null, 20);
      boolean isThere = !page.rows().isEmpty();
      List<Place> places = world.rows.places(user, folder.code(), null, 20);
      assertThat(!places.isEmpty()).as(folder + " in the index").isEqualTo(isThere);
      assertThat(isThere && found != null).as("in two folders").isFalse();
      found = isThere ? folder : found;
    }
    assertThat(row(user).folder()).isEqualTo(found);
    return found;
  }

  @Test
  void anArchivedOneComesBackWithANewMessage() {
    assertThat(world.filing.change(ALICE, id, TO_ARCHIVE).folder()).isEqualTo(Folder.ARCHIVE);
    assertThat(folder(ALICE)).isEqualTo(Folder.ARCHIVE);
    assertThat(folder(BOB)).isEqualTo(Folder.INBOX);
    arrives("three");
    assertThat(folder(ALICE)).isEqualTo(Folder.INBOX);
    assertThat(row(ALICE).place().movedAt()).isEqualTo(clock.instant());
    assertThat(row(ALICE).unread()).isEqualTo(2);
  }

  @Test
  void aMutedOneStaysInTheArchiveUntilItIsTakenOutOrHeardAgain() {
    world.filing.change(ALICE, id, new Wish(Folder.ARCHIVE, true));
    arrives("three");
    assertThat(folder(ALICE)).isEqualTo(Folder.ARCHIVE);
    assertThat(row(ALICE).last().preview()).isEqualTo("three");
    assertThat(row(ALICE).place().movedAt()).as("moves there too").isEqualTo(clock.instant());
    world.filing.change(ALICE, id, TO_INBOX);
    assertThat(folder(ALICE)).isEqualTo(Folder.INBOX);
    assertThat(row(ALICE).choice().muted()).isTrue();
    world.filing.change(ALICE, id, TO_ARCHIVE);
    arrives("four");
    assertThat(folder(ALICE)).isEqualTo(Folder.ARCHIVE);
    world.filing.change(ALICE, id, UNMUTE);
    assertThat(folder(ALICE)).isEqualTo(Folder.INBOX);
    world.filing.change(ALICE, id, MUTE);
    assertThat(folder(ALICE)).as("muting puts nothing away").isEqualTo(Folder.INBOX);
  }

  @Test
  void aDeletedOneComesBackWithANewMessageOnlyAndNothingOfWhatWasBefore() {
    assertThat(world.filing.delete(ALICE, id, null).newest()).isNull();
    assertThat(folder(ALICE)).isNull();
    assertThat(folder(BOB)).isEqualTo(Folder.INBOX);
    assertThat(seqs(ALICE)).isEmpty();
    assertThat(seqs(BOB)).containsExactly(1L, 2L);
    // Neither its edits nor a mark bring it back.
    world.messages.edit(BOB, id, world.clientId(), 2, World.text("two, edited"));
    world.drain();
    world.inbox.markRead(ALICE, id, 3);
    assertThat(folder(ALICE)).isNull();
    assertThat(((History.Page) world.messages.after(ALICE, id, 0, 50)).items())
        .allMatch(Entry.Other.class::isInstance);
    arrives("four");
    assertThat(folder(ALICE)).isEqualTo(Folder.INBOX);
    assertThat(row(ALICE).unread()).isEqualTo(1);
    for (World server : List.of(world, world.restarted())) {
      History.Page newest = (History.Page) server.messages.newest(ALICE, id, 50);
      assertThat(newest.items()).extracting(Entry::seq).containsExactly(4L);
      assertThat(newest.older()).isNull();
      History.Page before = (History.Page) server.messages.before(ALICE, id, 4, 50);
      assertThat(before.items()).isEmpty();
      assertThat(before.older()).isNull();
      assertThat(((History.Page) server.messages.after(ALICE, id, 0, 50)).items())
          .extracting(Entry::seq)
          .containsExactly(3L, 4L);
    }
  }

  private List<Long> seqs(UserId reader) {
    return ((History.Page) world.messages.newest(reader, id, 50))
        .items().stream().map(Entry::seq).toList();
  }

  @Test
  void whatCameAfterWhatWasSeenIsNotDeleted() {
    arrives("three");
    InboxRow row = world.filing.delete(ALICE, id, 2L);
    assertThat(row.newest().preview()).isEqualTo("three");
    assertThat(row.unread()).isEqualTo(1);
    assertThat(folder(ALICE)).isEqualTo(Folder.INBOX);
    assertThat(seqs(ALICE)).containsExactly(3L);
    // What is deleted stays deleted, and nobody deletes what is not there yet.
    assertThat(world.filing.delete(ALICE, id, 1L).choice().cleared().seq()).isEqualTo(2);
    assertThat(world.filing.delete(ALICE, id, 999L).choice().cleared().seq()).isEqualTo(3);
  }

  @Test
  void oneThatIsNotProjectedYetIsDeletedToo() {
    ConversationId fresh = world.conversations.openDirect(ALICE, World.person(3));
    world.send(World.person(3), fresh, "one");
    assertThat(world.filing.delete(ALICE, fresh, null).newest()).isNull();
    world.drain();
    assertThat(world.rows.row(new RowKey(ALICE, fresh)).folder()).isNull();
    world.send(World.person(3), fresh, "two");
    world.drain();
    InboxRow row = world.rows.row(new RowKey(ALICE, fresh));
    assertThat(row.newest().preview()).isEqualTo("two");
    assertThat(row.unread()).isEqualTo(1);
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  @Test
  void somebodyWhoIsNotKnownAsksAndIsAcceptedByAWordOrByAnAnswer() {
    for (boolean byAnswer : List.of(true, false)) {
      UserId stranger = World.person(byAnswer ? 5 : 6);
      ConversationId asked = world.conversations.openDirect(stranger, ALICE);
      RowKey key = new RowKey(ALICE, asked);
      world.send(stranger, asked, "do you know me?");
      world.drain();
      assertThat(world.rows.row(key).folder()).isEqualTo(Folder.REQUESTS);
      assertThat(world.rows.row(new RowKey(stranger, asked)).folder()).isEqualTo(Folder.INBOX);
      world.send(stranger, asked, "do you?");
      world.drain();
      assertThat(world.rows.row(key).last().preview()).isEqualTo("do you?");
      assertThat(world.rows.row(key).folder()).isEqualTo(Folder.REQUESTS);
      world.inbox.markRead(ALICE, asked, 1);
      world.filing.change(ALICE, asked, MUTE);
      assertThat(world.rows.row(key).folder()).as("neither accepts").isEqualTo(Folder.REQUESTS);
      if (byAnswer) {
        world.send(ALICE, asked, "now I do");
        world.drain();
      } else {
        world.filing.change(ALICE, asked, TO_INBOX);
      }
      assertThat(world.rows.row(key).folder()).isEqualTo(Folder.INBOX);
      world.send(stranger, asked, "good");
      world.drain();
      assertThat(world.rows.row(key).folder()).isEqualTo(Folder.INBOX);
      assertThat(world.rebuild().run(false).differences()).isEmpty();
    }
  }

  @Test
  void aDeletedOrArchivedRequestIsOneStill() {
    UserId stranger = World.person(5);
    ConversationId asked = world.conversations.openDirect(stranger, ALICE);
    RowKey key = new RowKey(ALICE, asked);
    world.send(stranger, asked, "one");
    world.drain();
    assertThat(world.filing.delete(ALICE, asked, null).folder()).isNull();
    world.send(stranger, asked, "two");
    world.drain();
    assertThat(world.rows.row(key).folder()).isEqualTo(Folder.REQUESTS);
    world.filing.change(ALICE, asked, TO_ARCHIVE);
    assertThat(world.rows.row(key).folder()).isEqualTo(Folder.ARCHIVE);
    world.send(stranger, asked, "three");
    world.drain();
    assertThat(world.rows.row(key).folder()).isEqualTo(Folder.REQUESTS);
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  /// Where nothing else is asked for, requests stand among the inbox, in the same exact order, be
  /// it read from the rows or by the index.
  @ParameterizedTest
  @ValueSource(ints = {20, 130})
  void requestsStandAmongTheInboxInExactOrder(int count) {
    for (int i = 0; i < count; i++) {
      UserId other = World.person(100 + i);
      ConversationId talk = world.conversations.openDirect(other, ALICE);
      clock.advance(Duration.ofMinutes(7));
      world.send(i % 3 == 0 ? ALICE : other, talk, "message " + i);
    }
    world.drain();
    for (int limit : new int[] {7, 50}) {
      List<InboxRow> all = new ArrayList<>();
      InboxCursor cursor = null;
      do {
        Inbox.Page page = world.inbox.page(ALICE, Folder.UNSORTED, cursor, limit);
        all.addAll(page.rows());
        cursor = page.next();
      } while (cursor != null);
      assertThat(all.stream().map(InboxRow::key).distinct()).hasSize(count + 1);
      assertThat(all).hasSize(count + 1);
      assertThat(all)
          .isSortedAccordingTo(Comparator.comparing((InboxRow row) -> row.last().at()).reversed());
    }
  }

  @Test
  void nobodyFilesWhatIsNotTheirs() {
    assertThat(world.filing.change(World.person(9), id, MUTE)).isNull();
    assertThat(world.filing.delete(World.person(9), id, null)).isNull();
    assertThat(world.rows.row(new RowKey(World.person(9), id))).isNull();
  }

  @Test
  void anotherServerStopsShowingItWithinTheAllowedTime() {
    World other = world.restarted();
    assertThat(((History.Page) other.messages.newest(ALICE, id, 50)).items()).hasSize(2);
    world.filing.delete(ALICE, id, null);
    clock.advance(Limits.DECISION_STALENESS.plusMillis(1));
    assertThat(((History.Page) other.messages.newest(ALICE, id, 50)).items()).isEmpty();
    // One that follows the stream is told, and needs not ask.
    World following = world.restarted();
    following.hearing.follow(() -> Duration.ZERO);
    following.messages.newest(BOB, id, 50);
    world.filing.delete(BOB, id, null);
    following.clearings.heard(row(BOB));
    assertThat(((History.Page) following.messages.newest(BOB, id, 50)).items()).isEmpty();
  }
}
