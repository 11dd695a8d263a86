package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.History;
import parley.messaging.message.Log.Appended;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Text;
import parley.messaging.message.Written;

/// The rules of the one way into a log.
class SendingTest {
  private static final UserId ALICE = World.person(1);
  private static final UserId BOB = World.person(2);
  private static final UserId EVE = World.person(3);

  private final TestClock clock = new TestClock();
  private final World world = new World(TestTables.inMemory(), clock);
  private final ConversationId id = world.conversations.openDirect(ALICE, BOB);

  private Written send(World by, UserId from, ClientId clientId, String text) {
    return by.messages.send(from, id, clientId, World.text(text));
  }

  @Test
  void theSameAttemptTwiceIsOneMessage() {
    ClientId clientId = world.clientId();
    Entry.Message first = World.stored(send(world, ALICE, clientId, "once"));
    assertThat(send(world, ALICE, clientId, "once")).isEqualTo(new Written.Already(first));
    assertThat(send(world.restarted(), ALICE, clientId, "once"))
        .isEqualTo(new Written.Already(first));
    assertThat(world.log.after(id, 0, 10, Consistency.STRONG)).containsExactly(first);
  }

  @Test
  void theSameIdWithAnotherTextIsRefused() {
    ClientId clientId = world.clientId();
    send(world, ALICE, clientId, "this");
    assertThat(send(world, ALICE, clientId, "that")).isEqualTo(new Written.ClientIdReused());
    assertThat(send(world.restarted(), ALICE, clientId, "that"))
        .isEqualTo(new Written.ClientIdReused());
  }

  @Test
  void somebodyElsesIdNeverMatches() {
    ClientId clientId = world.clientId();
    assertThat(World.stored(send(world, ALICE, clientId, "mine")).seq()).isEqualTo(1);
    assertThat(World.stored(send(world, BOB, clientId, "mine")).seq()).isEqualTo(2);
  }

  @Test
  void aRetryIsRecognisedHoursLaterAndAfterARestart() {
    ClientId clientId = world.clientId();
    Entry.Message first = World.stored(send(world, ALICE, clientId, "hours ago"));
    // More in between than one look back reads at a time, over seven hours.
    for (int i = 0; i < 2 * Limits.TAIL_EXTENSION + 50; i++) {
      clock.advance(Duration.ofMinutes(1));
      world.send(BOB, id, "later " + i);
    }
    assertThat(send(world, ALICE, clientId, "hours ago")).isEqualTo(new Written.Already(first));
    assertThat(send(world.restarted(), ALICE, clientId, "hours ago"))
        .isEqualTo(new Written.Already(first));
  }

  /// The look back goes on while the oldest known entry is not older than the id's time *minus the
  /// allowance*: a client whose clock is a minute ahead makes ids that are younger than the entry.
  @Test
  void aRetryIsRecognisedThoughTheClientsClockIsAMinuteAhead() {
    ClientId clientId = World.clientId(clock.instant().plus(Limits.CLIENT_CLOCK_ALLOWANCE));
    Entry.Message first = World.stored(send(world, ALICE, clientId, "ahead"));
    for (int i = 0; i < 3 * Limits.TAIL_ENTRIES; i++) {
      clock.advance(Duration.ofSeconds(1));
      world.send(BOB, id, "later " + i);
    }
    assertThat(send(world.restarted(), ALICE, clientId, "ahead"))
        .isEqualTo(new Written.Already(first));
  }

  @Test
  void idsFromTheFutureAndFromLongAgoAreRefusedAtTheEdge() {
    Instant now = clock.instant();
    Instant ahead = now.plus(Limits.CLIENT_CLOCK_ALLOWANCE);
    assertThat(send(world, ALICE, World.clientId(ahead.plusMillis(1)), "x"))
        .isEqualTo(new Written.ClientIdInFuture(now));
    assertThat(send(world, ALICE, World.clientId(ahead), "x")).isInstanceOf(Written.Stored.class);
    Instant old = now.minus(Limits.CLIENT_ID_LIFE);
    assertThat(send(world, ALICE, World.clientId(old.minusMillis(1)), "x"))
        .isEqualTo(new Written.ClientIdExpired(now));
    assertThat(send(world, ALICE, World.clientId(old), "x")).isInstanceOf(Written.Stored.class);
  }

  @Test
  void anUnsentMessageKeepsItsClientId() {
    ClientId clientId = world.clientId();
    send(world, ALICE, clientId, "regretted");
    world.messages.unsend(ALICE, id, world.clientId(), 1);
    world.drain();
    assertThat(world.log.entry(id, 1))
        .isInstanceOfSatisfying(Entry.Message.class, m -> assertThat(m.text()).isNull());
    for (World server : List.of(world, world.restarted())) {
      assertThat(send(server, ALICE, clientId, "regretted"))
          .isInstanceOfSatisfying(
              Written.Already.class, a -> assertThat(a.entry().seq()).isEqualTo(1));
    }
    assertThat(world.log.end(id, 1, Consistency.STRONG).lastSeq()).isEqualTo(2);
  }

  /// A client whose clock is hours behind makes every send look back for hours. That is read once,
  /// and not for each message.
  @Test
  void lookingFarBackIsPaidOnce() {
    for (int i = 0; i < 300; i++) {
      clock.advance(Duration.ofSeconds(30));
      world.send(BOB, id, "message " + i);
    }
    UnitMeter meter = new UnitMeter();
    World server =
        new World(
            new Table(TestTables.engine().client(), world.table.name(), Capabilities.ALL, meter),
            clock);
    server.hearing.follow(() -> Duration.ZERO);
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(30));
      ClientId late = World.clientId(clock.instant().minus(Duration.ofHours(2)));
      World.stored(send(server, ALICE, late, "by a clock that is behind " + i));
      if (i == 0) {
        assertThat(meter.reads()).isPositive();
        meter.reset();
      }
    }
    assertThat(meter.reads()).isZero();
  }

  @Test
  void onlyOnesOwnMessagesCanBeChangedAndOnlyWhileTheyAreThere() {
    world.send(ALICE, id, "mine");
    assertThat(world.messages.edit(BOB, id, world.clientId(), 1, World.text("yours?")))
        .isEqualTo(new Written.NoMessage());
    assertThat(world.messages.unsend(BOB, id, world.clientId(), 1))
        .isEqualTo(new Written.NoMessage());
    assertThat(world.messages.edit(ALICE, id, world.clientId(), 2, World.text("none")))
        .isEqualTo(new Written.NoMessage());
    ClientId clientId = world.clientId();
    Written edited = world.messages.edit(ALICE, id, clientId, 1, World.text("better"));
    assertThat(edited).isInstanceOf(Written.Stored.class);
    assertThat(world.messages.edit(ALICE, id, clientId, 1, World.text("better")))
        .isEqualTo(new Written.Already(((Written.Stored) edited).entry()));
    assertThat(world.messages.edit(ALICE, id, clientId, 1, World.text("best")))
        .isEqualTo(new Written.ClientIdReused());
    world.messages.unsend(ALICE, id, world.clientId(), 1);
    world.drain();
    assertThat(world.messages.edit(ALICE, id, world.clientId(), 1, World.text("too late")))
        .isEqualTo(new Written.NoMessage());
  }

  @Test
  void strangersFindNothing() {
    world.send(ALICE, id, "private");
    for (World server : List.of(world, world.restarted())) {
      assertThat(send(server, EVE, server.clientId(), "hello"))
          .isEqualTo(new Written.NoConversation());
      assertThat(server.messages.newest(EVE, id, 10)).isEqualTo(new History.NoConversation());
      assertThat(server.messages.before(EVE, id, 2, 10)).isEqualTo(new History.NoConversation());
      assertThat(server.messages.after(EVE, id, 0, 10)).isEqualTo(new History.NoConversation());
    }
    ConversationId nowhere = ConversationId.of(new byte[17]);
    assertThat(world.messages.send(ALICE, nowhere, world.clientId(), World.text("hello")))
        .isEqualTo(new Written.NoConversation());
  }

  @Test
  void anEngineThatReturnsNoItemIsAskedForIt() {
    Capabilities without = new Capabilities(false, true, true, true);
    World plain =
        new World(
            new Table(TestTables.engine().client(), world.table.name(), without, Units.IGNORED),
            clock);
    ClientId clientId = plain.clientId();
    Entry.Message first = World.stored(send(plain, ALICE, clientId, "one"));
    World other =
        new World(
            new Table(TestTables.engine().client(), world.table.name(), without, Units.IGNORED),
            clock);
    other.send(BOB, id, "two");
    assertThat(World.stored(send(plain, ALICE, plain.clientId(), "three")).seq()).isEqualTo(3);
    assertThat(plain.log.append(id, first)).isEqualTo(new Appended.Occupied(first));
  }

  @Test
  void aStaleServerSeesWhatItMissedBeforeItAppends() {
    World other = world.restarted();
    world.send(ALICE, id, "1");
    other.send(BOB, id, "2");
    other.send(BOB, id, "3");
    assertThat(world.send(ALICE, id, "4").seq()).isEqualTo(4);
  }

  /// Somebody who was removed cannot write behind their own departure, even on a server that has
  /// not heard of it; and the head, which still names them, is not trusted.
  @Test
  void whoWasRemovedCannotWriteOnAServerThatHasNotHeard() {
    World stale = world.restarted();
    stale.send(BOB, id, "still in");
    Entry.Stamp last = ((Entry.Message) world.log.entry(id, 1)).stamp();
    Entry.Members departure =
        new Entry.Members(
            new Entry.Stamp(2, last.at(), last.n(), 2, last.movedAt()),
            ALICE,
            world.clientId(),
            Set.of(ALICE),
            Set.of(BOB));
    assertThat(world.log.append(id, departure)).isEqualTo(new Appended.Stored());
    assertThat(world.log.end(id, 1, Consistency.STRONG).head().members()).contains(BOB);
    for (World server : List.of(stale, world.restarted())) {
      assertThat(send(server, BOB, server.clientId(), "behind the departure"))
          .isEqualTo(new Written.NoConversation());
      assertThat(server.messages.newest(BOB, id, 10)).isEqualTo(new History.NoConversation());
    }
    World fresh = world.restarted();
    assertThat(World.stored(send(fresh, ALICE, fresh.clientId(), "alone")).seq()).isEqualTo(3);
    // The entry that says who is in lies further back than the end that is read.
    for (int i = 0; i < 2 * Limits.TAIL_ENTRIES; i++) {
      fresh.send(ALICE, id, "alone " + i);
    }
    World later = world.restarted();
    assertThat(send(later, BOB, later.clientId(), "much later"))
        .isEqualTo(new Written.NoConversation());
    assertThat(later.messages.newest(BOB, id, 5)).isEqualTo(new History.NoConversation());
    assertThat(later.messages.before(BOB, id, 9, 5)).isEqualTo(new History.NoConversation());
  }

  /// Where nothing is heard of what others write, as in a function, a refusal is looked at again
  /// once what it went by is old.
  @Test
  void whoWasLetInIsNotRefusedForLongByAServerThatHearsNothing() {
    World deaf = world.restarted();
    world.send(ALICE, id, "the two of us");
    assertThat(deaf.send(BOB, id, "yes").seq()).isEqualTo(2);
    assertThat(send(deaf, EVE, deaf.clientId(), "me?")).isEqualTo(new Written.NoConversation());
    Entry.Stamp last = ((Entry.Message) world.log.entry(id, 2)).stamp();
    Entry.Members arrival =
        new Entry.Members(
            new Entry.Stamp(3, last.at(), last.n(), 3, last.movedAt()),
            ALICE,
            world.clientId(),
            Set.of(ALICE, BOB, EVE),
            Set.of());
    assertThat(world.log.append(id, arrival)).isEqualTo(new Appended.Stored());
    assertThat(send(deaf, EVE, deaf.clientId(), "now?")).isEqualTo(new Written.NoConversation());
    clock.advance(Limits.ACCOUNT_STALENESS.plusMillis(1));
    assertThat(World.stored(send(deaf, EVE, deaf.clientId(), "now!")).seq()).isEqualTo(4);
    // What one may not change is looked at again too.
    world.restarted().send(ALICE, id, "five");
    clock.advance(Limits.ACCOUNT_STALENESS.plusMillis(1));
    assertThat(deaf.messages.edit(ALICE, id, deaf.clientId(), 5, Text.parse("fifth").orThrow()))
        .isInstanceOf(Written.Stored.class);
  }

  @Test
  void timeNeverGoesBackInsideALog() {
    world.send(ALICE, id, "at noon");
    clock.set(TestClock.START.minus(Duration.ofMinutes(10)));
    Entry.Message second = world.send(BOB, id, "by a clock that is behind");
    assertThat(second.at()).isEqualTo(TestClock.START);
  }

  @Test
  void aConversationWithoutMessagesGoesByItselfAndOneThatIsWrittenToStays() {
    World other = world.restarted();
    clock.advance(Limits.EMPTY_CONVERSATION_LIFE.plusSeconds(1));
    for (World server : List.of(world, other)) {
      assertThat(send(server, ALICE, server.clientId(), "too late"))
          .isEqualTo(new Written.NoConversation());
      assertThat(server.messages.newest(ALICE, id, 10)).isEqualTo(new History.NoConversation());
      assertThat(server.inbox.conversation(ALICE, id)).isNull();
    }
    assertThat(world.conversations.openDirect(BOB, ALICE)).isEqualTo(id);
    world.send(ALICE, id, "first");
    world.drain();
    assertThat(world.log.end(id, 1, Consistency.STRONG).head().expiresAt()).isNull();
    clock.advance(Limits.EMPTY_CONVERSATION_LIFE.multipliedBy(3));
    assertThat(world.restarted().send(BOB, id, "years later").seq()).isEqualTo(2);
  }

  /// The service could delete a head between its first message and the projection that makes it
  /// permanent, so that message first renews a head that has little left.
  @Test
  void theFirstMessageRenewsAHeadThatIsAboutToGo() {
    clock.advance(
        Limits.EMPTY_CONVERSATION_LIFE.minus(Limits.EMPTY_CONVERSATION_RENEWAL).plusSeconds(2));
    world.restarted().send(ALICE, id, "just in time");
    assertThat(world.log.end(id, 1, Consistency.STRONG).head().expiresAt())
        .isAfter(clock.instant().plus(Limits.EMPTY_CONVERSATION_RENEWAL));
  }

  @Test
  void historyPagesBothWaysAtAnyAge() {
    for (int i = 1; i <= 130; i++) {
      clock.advance(Duration.ofDays(10));
      World.stored(send(world, i % 2 == 0 ? ALICE : BOB, world.clientId(), "message " + i));
    }
    World reader = world.restarted();
    History.Page newest = (History.Page) reader.messages.newest(ALICE, id, 50);
    assertThat(newest.items()).extracting(Entry::seq).first().isEqualTo(81L);
    assertThat(newest.items()).extracting(Entry::seq).last().isEqualTo(130L);
    assertThat(newest.lastSeq()).isEqualTo(130);
    assertThat(newest.older()).isEqualTo(81);
    History.Page middle = (History.Page) reader.messages.before(ALICE, id, newest.older(), 50);
    History.Page oldest = (History.Page) reader.messages.before(ALICE, id, middle.older(), 50);
    assertThat(middle.items()).hasSize(50);
    assertThat(oldest.items()).extracting(Entry::seq).startsWith(1L).endsWith(30L);
    assertThat(oldest.older()).isNull();
    History.Page after = (History.Page) reader.messages.after(ALICE, id, 100, 20);
    assertThat(after.items()).extracting(Entry::seq).startsWith(101L).endsWith(120L);
    assertThat(after.lastSeq()).isEqualTo(130);
  }

  @Test
  void editsAreInPagesForwardAndNotInHistory() {
    for (int i = 1; i <= 6; i++) {
      world.send(ALICE, id, "message " + i);
      world.messages.edit(ALICE, id, world.clientId(), 2L * i - 1, World.text("edited " + i));
    }
    World reader = world.restarted();
    History.Page page = (History.Page) reader.messages.newest(BOB, id, 4);
    assertThat(page.items()).hasSize(4).allMatch(Entry.Message.class::isInstance);
    assertThat(page.items()).extracting(Entry::seq).containsExactly(5L, 7L, 9L, 11L);
    assertThat(page.lastSeq()).isEqualTo(12);
    History.Page rest = (History.Page) reader.messages.before(BOB, id, page.older(), 4);
    assertThat(rest.items()).extracting(Entry::seq).containsExactly(1L, 3L);
    assertThat(rest.older()).isNull();
    History.Page forward = (History.Page) reader.messages.after(BOB, id, 9, 50);
    assertThat(forward.items()).extracting(Entry::seq).containsExactly(10L, 11L, 12L);
  }

  @Test
  void aMessageIsEditedForADayAndUnsentAtAnyTime() {
    world.send(ALICE, id, "typo");
    clock.advance(Limits.EDIT_WITHIN);
    assertThat(world.messages.edit(ALICE, id, world.clientId(), 1, World.text("at the edge")))
        .isInstanceOf(Written.Stored.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(world.messages.edit(ALICE, id, world.clientId(), 1, World.text("beyond it")))
        .isEqualTo(new Written.TooLate());
    clock.advance(Duration.ofDays(400));
    assertThat(world.messages.unsend(ALICE, id, world.clientId(), 1))
        .isInstanceOf(Written.Stored.class);
  }

  @Test
  void nothingOfAnUnsentMessageIsKeptAndEveryAttemptIsStillKnown() {
    ClientId edit = world.clientId();
    ClientId unsend = world.clientId();
    world.send(ALICE, id, "first words");
    world.messages.edit(ALICE, id, edit, 1, World.text("second words"));
    world.messages.edit(ALICE, id, world.clientId(), 1, World.text("third words"));
    world.drain();
    world.messages.unsend(ALICE, id, unsend, 1);
    world.drain();
    assertThat(World.everythingIn(world.table)).doesNotContain("words");
    for (World server : List.of(world, world.restarted())) {
      assertThat(server.messages.edit(ALICE, id, edit, 1, World.text("second words")))
          .isInstanceOfSatisfying(
              Written.Already.class, a -> assertThat(a.entry().seq()).isEqualTo(2));
      assertThat(server.messages.unsend(ALICE, id, unsend, 1))
          .isInstanceOfSatisfying(
              Written.Already.class, a -> assertThat(a.entry().seq()).isEqualTo(4));
    }
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  @Test
  void oneSpoiltEntryHidesNeitherTheOthersNorTheEnd() {
    world.send(ALICE, id, "1");
    world.send(BOB, id, "2");
    spoil(2);
    World reader = world.restarted();
    assertThat(reader.send(ALICE, id, "3").seq()).isEqualTo(3);
    History.Page page = (History.Page) reader.messages.newest(BOB, id, 10);
    assertThat(page.items()).extracting(Entry::seq).containsExactly(1L, 3L);
    assertThat(page.lastSeq()).isEqualTo(3);
    // Whoever catches up one at a time gets past it.
    History.Page forward = (History.Page) reader.messages.after(BOB, id, 1, 1);
    assertThat(forward.items()).extracting(Entry::seq).containsExactly(3L);
  }

  private void spoil(long seq) {
    TestTables.engine()
        .client()
        .updateItem(r ->
            r.tableName(world.table.name())
                .key(Key.entry(id, seq).item())
                .updateExpression("REMOVE clientId"));
  }
}
