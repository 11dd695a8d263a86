package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.event.Ending;
import parley.messaging.event.Event;
import parley.messaging.event.Gateway;
import parley.messaging.event.Link;
import parley.messaging.event.Switchboard;
import parley.messaging.event.Switchboard.Told;
import parley.messaging.event.Tidings;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.Projector.Projected;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Entry;
import parley.messaging.message.Log.Consistency;

/// People whose connections a gateway keeps are told what a batch says, and nothing else is.
class SwitchboardTest {
  private static final UserId ANN = World.person(1);
  private static final UserId BEN = World.person(2);

  private final TestClock clock = new TestClock();
  private final World world = new World(TestTables.inMemory(), clock);
  private final LinkItems links = new LinkItems(world.table);
  private final Set<SessionId> over = new HashSet<>();
  private final Recorder gateway = new Recorder();
  // With time enough on a machine that stands still meanwhile: all but one test are about others.
  private final Switchboard switchboard = switchboard(Duration.ofMinutes(2));
  private final AtomicInteger sessions = new AtomicInteger();
  private final ConversationId id = world.conversations.openDirect(ANN, BEN);

  /// Takes what it is given, as each connection is said to.
  private static final class Recorder implements Gateway {
    final Map<String, List<Event>> heard = new ConcurrentHashMap<>();
    final Map<String, Ending> ended = new ConcurrentHashMap<>();
    final Map<String, Delivery> odd = new ConcurrentHashMap<>();
    volatile Runnable whenTaken = () -> {};
    volatile Runnable whenOdd = () -> {};

    @Override
    public Delivery send(Link link, Event event) {
      Delivery delivery = odd.getOrDefault(link.name(), Delivery.TAKEN);
      if (delivery != Delivery.TAKEN) {
        whenOdd.run();
        return delivery;
      }
      heard.computeIfAbsent(link.name(), _ -> new ArrayList<>()).add(event);
      whenTaken.run();
      return delivery;
    }

    @Override
    public void end(Link link, Ending why) {
      ended.put(link.name(), why);
    }

    List<Event> of(Link link) {
      return heard.getOrDefault(link.name(), List.of());
    }
  }

  private Switchboard switchboard(Duration tellingTime) {
    return new Switchboard(
        links, world.rows, session -> over.contains(session.id()), gateway, clock, tellingTime);
  }

  private Link open(UserId user, String name) {
    Session session =
        new Session(
            new SessionId("%064x".formatted(sessions.incrementAndGet())),
            user,
            clock.instant(),
            clock.instant().plus(Limits.SESSION_LIFE));
    Link link = new Link(name, session, clock.instant());
    assertThat(switchboard.opened(link)).isTrue();
    return link;
  }

  /// Projects entries as the function does, and tells of them.
  private Told tell(int from, int to) {
    return tell(switchboard, from, to);
  }

  private Told tell(Switchboard switchboard, int from, int to) {
    List<Entry> entries = world.log.after(id, from - 1, to - from + 1, Consistency.STRONG);
    Projected projected = world.projector.projected(id, entries);
    assertThat(projected.poison()).isEmpty();
    Tidings tidings = new Tidings();
    tidings.projected(id, entries, Set.of(ANN, BEN), projected.rows());
    return switchboard.tell(tidings);
  }

  private static List<Long> numbers(List<Event> events) {
    return events.stream().map(event -> ((Event.Appended) event).entry().seq()).toList();
  }

  @Test
  void everybodyWhoIsConnectedHearsEverythingInOrder() {
    Link phone = open(ANN, "phone");
    Link desk = open(ANN, "desk");
    Link bens = open(BEN, "bens");
    Link stranger = open(World.person(3), "stranger");
    for (int i = 1; i <= 9; i++) {
      world.send(i % 2 == 0 ? ANN : BEN, id, "message " + i);
    }
    assertThat(tell(1, 9)).isEqualTo(new Told(3, 0, 0));
    for (Link link : List.of(phone, desk, bens)) {
      assertThat(numbers(gateway.of(link))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }
    assertThat(gateway.of(stranger)).isEmpty();
    InboxRow row = ((Event.Appended) gateway.of(bens).getLast()).row();
    assertThat(row).as("the row as it is stored").isEqualTo(world.rows.row(new RowKey(BEN, id)));
    assertThat(row.last().preview()).isEqualTo("message 9");
  }

  @Test
  void whoeverConnectsLaterHearsNothingOfBefore() {
    world.send(ANN, id, "long ago");
    clock.advance(Limits.SERVER_CLOCK_ALLOWANCE);
    Link bens = open(BEN, "bens");
    assertThat(tell(1, 1)).isEqualTo(new Told(1, 0, 0));
    assertThat(gateway.of(bens)).isEmpty();
    world.send(ANN, id, "now");
    tell(1, 2);
    assertThat(numbers(gateway.of(bens))).containsExactly(2L);
  }

  @Test
  void aConnectionThatIsGoneIsForgotten() {
    Link gone = open(BEN, "gone");
    Link there = open(BEN, "there");
    gateway.odd.put("gone", Gateway.Delivery.GONE);
    clock.advance(Limits.LINK_OPENING.minusMillis(1));
    world.send(ANN, id, "hello");
    assertThat(tell(1, 1)).isEqualTo(new Told(1, 1, 0));
    assertThat(links.links(BEN, clock.instant(), 40))
        .as("the gateway may not know it yet")
        .containsExactly(gone, there);
    clock.advance(Duration.ofMillis(1));
    gateway.heard.clear();
    assertThat(tell(1, 1)).isEqualTo(new Told(1, 1, 0));
    assertThat(numbers(gateway.of(there))).containsExactly(1L);
    assertThat(links.links(BEN, clock.instant(), 40)).containsExactly(there);
    assertThat(links.links(gone.session().id(), clock.instant(), 40)).isEmpty();
  }

  /// None of those who are stuck gets on before all of them are, and whoever can be told has heard
  /// everything: nobody waits for any of them.
  @Test
  void oneThatCannotBeToldHoldsUpNobodyAndFindsOut() {
    CountDownLatch together = new CountDownLatch(12 + 3);
    for (int i = 0; i < 12; i++) {
      Link stuck = open(BEN, "stuck" + i);
      gateway.odd.put(stuck.name(), Gateway.Delivery.FAILED);
    }
    Link good = open(ANN, "good");
    gateway.whenTaken = together::countDown;
    gateway.whenOdd =
        () -> {
          together.countDown();
          arrived(together);
        };
    for (int i = 1; i <= 3; i++) {
      world.send(ANN, id, "message " + i);
    }
    assertThat(tell(1, 3)).isEqualTo(new Told(1, 0, 12));
    assertThat(numbers(gateway.of(good))).containsExactly(1L, 2L, 3L);
    assertThat(links.links(BEN, clock.instant(), 40)).isEmpty();
    assertThat(world.rows.row(new RowKey(BEN, id)).unread()).isEqualTo(3);
    assertThat(switchboard.pinged(good)).isNull();
    assertThat(switchboard.pinged(new Link("stuck0", good.session(), clock.instant())))
        .isEqualTo(Ending.GOING_AWAY);
  }

  private static void arrived(CountDownLatch all) {
    try {
      if (!all.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("they were not told side by side");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// As many as may be told at once are stuck until the time is over: nobody else is spoken to.
  @Test
  void tellingEndsWhenItsTimeIsOver() {
    Duration tellingTime = Duration.ofSeconds(1);
    AtomicInteger spokenTo = new AtomicInteger();
    Session session = open(ANN, "first").session();
    int stuck = 2 * Limits.LINKS_TOLD_AT_ONCE;
    for (int i = 0; i < stuck; i++) {
      // More than may be opened: all of them are to be told.
      Link link = new Link("stuck" + i, session, clock.instant());
      gateway.odd.put(link.name(), Gateway.Delivery.FAILED);
      links.add(link);
    }
    gateway.whenOdd =
        () -> {
          spokenTo.incrementAndGet();
          pause(tellingTime);
        };
    world.send(ANN, id, "hello");
    Told told = tell(switchboard(tellingTime), 1, 1);
    assertThat(spokenTo.get()).isLessThanOrEqualTo(Limits.LINKS_TOLD_AT_ONCE);
    // The one that can be told has its turn before time is up, or not: nobody promises an order.
    // Nor that all are through when it stops waiting, which it says as one more that was missed.
    assertThat(told.told()).isLessThanOrEqualTo(1);
    assertThat(told.missed()).isBetween(1, stuck + 2);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void moreThanMayWaitIsLeftOutAndSaid() {
    Link bens = open(BEN, "bens");
    for (int i = 1; i <= Limits.EVENTS_WAITING + 1; i++) {
      world.send(ANN, id, "message " + i);
    }
    tell(1, Limits.EVENTS_WAITING);
    assertThat(gateway.of(bens)).hasSize(Limits.EVENTS_WAITING);
    gateway.heard.clear();
    tell(1, Limits.EVENTS_WAITING + 1);
    assertThat(gateway.of(bens)).containsExactly(new Event.Resync());
    assertThat(gateway.ended).containsEntry("bens", Ending.TOO_SLOW);
    assertThat(links.links(BEN, clock.instant(), 40)).isEmpty();
  }

  @Test
  void oneMoreThanTwentyEndsTheOldest() {
    for (int i = 0; i < Limits.CONNECTIONS_PER_ACCOUNT; i++) {
      open(ANN, "connection" + i);
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(gateway.ended).isEmpty();
    open(ANN, "one more");
    assertThat(gateway.ended).containsExactly(Map.entry("connection0", Ending.TOO_MANY));
    assertThat(links.links(ANN, clock.instant(), 40)).hasSize(Limits.CONNECTIONS_PER_ACCOUNT);
  }

  /// Its session ended between the authorizer's look and the note.
  @Test
  void aConnectionOfASessionThatIsOverIsNotOpened() {
    Link link = open(ANN, "first");
    over.add(link.session().id());
    Link second = new Link("second", link.session(), clock.instant());
    assertThat(switchboard.opened(second)).isFalse();
    assertThat(links.links(ANN, clock.instant(), 40)).containsExactly(link);
  }

  @Test
  void theEndOfASessionEndsItsConnections() {
    Link ended = open(ANN, "ended");
    Link stays = open(ANN, "stays");
    Tidings tidings = new Tidings();
    tidings.ended(ended.session().id());
    switchboard.tell(tidings);
    assertThat(gateway.ended).containsExactly(Map.entry("ended", Ending.SESSION_ENDED));
    assertThat(links.links(ANN, clock.instant(), 40)).containsExactly(stays);
  }

  @Test
  void theEndOfAllSessionsEndsThoseThatAreOver() {
    Link ended = open(ANN, "ended");
    Link restarted = open(ANN, "restarted");
    clock.advance(Duration.ofMillis(1));
    Instant notBefore = clock.instant();
    clock.advance(Duration.ofMillis(1));
    Link newer = open(ANN, "newer");
    over.add(ended.session().id());
    Account account =
        new Account(ANN, new Handle("ann"), new DisplayName("Ann"), Instant.EPOCH, notBefore);
    Tidings tidings = new Tidings();
    tidings.changed(account);
    switchboard.tell(tidings);
    assertThat(gateway.ended).containsExactly(Map.entry("ended", Ending.SESSION_ENDED));
    assertThat(gateway.of(newer)).containsExactly(new Event.AccountChanged(account));
    assertThat(links.links(ANN, clock.instant(), 40)).containsExactlyInAnyOrder(restarted, newer);
  }

  @Test
  void editsAreHeardWithTheRow() {
    Link bens = open(BEN, "bens");
    world.send(ANN, id, "one");
    world.send(ANN, id, "two");
    tell(1, 2);
    gateway.heard.clear();
    world.messages.edit(ANN, id, world.clientId(), 1, World.text("one, edited"));
    world.messages.edit(ANN, id, world.clientId(), 2, World.text("two, edited"));
    tell(3, 3);
    InboxRow row = world.rows.row(new RowKey(BEN, id));
    assertThat(gateway.of(bens))
        .as("of an older message: the row is as it was")
        .containsExactly(new Event.Appended(edit(3), row));
    gateway.heard.clear();
    tell(4, 4);
    row = world.rows.row(new RowKey(BEN, id));
    assertThat(gateway.of(bens))
        .containsExactly(new Event.Appended(edit(4), row), new Event.RowChanged(row));
    assertThat(row.last().preview()).isEqualTo("two, edited");
  }

  private Entry.Authored edit(long seq) {
    return (Entry.Authored) world.log.entry(id, seq);
  }

  @Test
  void aReadMarkIsHeard() {
    Link bens = open(BEN, "bens");
    world.send(ANN, id, "one");
    tell(1, 1);
    gateway.heard.clear();
    world.inbox.markRead(BEN, id, 1);
    Tidings tidings = new Tidings();
    tidings.marked(world.rows.row(new RowKey(BEN, id)));
    switchboard.tell(tidings);
    assertThat(gateway.of(bens)).containsExactly(new Event.Read(id, BEN, 1, 0));
  }

  @Test
  void aBlockIsHeardByWhoseItIsAndNobodyElse() {
    Link anns = open(ANN, "anns");
    Link bens = open(BEN, "bens");
    Tidings tidings = new Tidings();
    tidings.blocked(ANN, BEN, true);
    switchboard.tell(tidings);
    assertThat(gateway.of(anns)).containsExactly(new Event.BlockChanged(BEN, true));
    assertThat(gateway.of(bens)).isEmpty();
  }

  @Test
  void aSessionThatRanOutIsFoundByThePing() {
    Link link = open(ANN, "phone");
    clock.advance(Limits.SESSION_LIFE.minusMillis(1));
    assertThat(switchboard.pinged(link)).isNull();
    clock.advance(Duration.ofMillis(1));
    assertThat(switchboard.pinged(link)).isEqualTo(Ending.SESSION_ENDED);
  }
}
