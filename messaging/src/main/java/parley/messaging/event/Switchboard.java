package parley.messaging.event;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.event.Tidings.Tiding;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxStore;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Authored;

/// Use case: telling people whose connections a [Gateway] keeps, where no process of ours stays.
///
/// Each connection hears its events one after the other, in order; connections are told side by
/// side. One that cannot be told is forgotten: it hears so at its next ping, connects again and
/// asks the log. So a gateway that does not answer costs a batch no more than
/// [Limits#TELLING_TIME], and nobody a message.
public final class Switchboard {
  private final LinkStore links;
  private final InboxStore inbox;
  private final Predicate<Session> isOver;
  private final Gateway gateway;
  private final InstantSource clock;
  private final Duration tellingTime;

  /// `isOver` looks at a session anew: [parley.messaging.account.Sessions#isOver].
  ///
  /// @param tellingTime how long a batch may take to tell: [Limits#TELLING_TIME]
  public Switchboard(
      LinkStore links,
      InboxStore inbox,
      Predicate<Session> isOver,
      Gateway gateway,
      InstantSource clock,
      Duration tellingTime) {
    this.links = links;
    this.inbox = inbox;
    this.isOver = isOver;
    this.gateway = gateway;
    this.clock = clock;
    this.tellingTime = tellingTime;
  }

  // Connections.

  /// A connection is being opened; false where its session is over. The account's oldest goes,
  /// where it has too many.
  public boolean opened(Link link) {
    links.add(link);
    // Noted first, looked at afterwards: a session that ends from here on finds the connection.
    if (isOver.test(link.session())) {
      links.remove(link);
      return false;
    }
    List<Link> all = links.links(link.user(), clock.instant(), Limits.LINKS_READ);
    all.stream()
        .sorted(Comparator.comparing(Link::opened).reversed())
        .filter(other -> !other.name().equals(link.name()))
        .skip(Limits.CONNECTIONS_PER_ACCOUNT - 1)
        .forEach(oldest -> end(oldest, Ending.TOO_MANY));
    return true;
  }

  /// The other side is gone.
  public void closed(Link link) {
    links.remove(link);
  }

  /// The other side asks whether anybody is there: why it is to end, null where it may go on.
  public @Nullable Ending pinged(Link link) {
    if (link.session().isExpiredAt(clock.instant())) {
      return Ending.SESSION_ENDED;
    }
    return links.link(link.user(), link.name()) == null ? Ending.GOING_AWAY : null;
  }

  /// Forgets a connection, and ends it.
  public void end(Link link, Ending why) {
    links.remove(link);
    gateway.end(link, why);
  }

  // What a batch says.

  /// How it went: connections that were told, that were gone, and that could not be told.
  public record Told(int told, int gone, int missed) {}

  /// Tells everybody who is connected. It never throws: whoever is missed asks the log.
  public Told tell(Tidings tidings) {
    if (tidings.people().isEmpty() && tidings.over().isEmpty()) {
      return new Told(0, 0, 0);
    }
    try (Round round = new Round(tellingTime)) {
      tidings.over().forEach(session -> round.run(() -> endAll(session)));
      tidings.people().forEach((user, news) -> round.run(() -> tell(user, news, round)));
      round.await();
      return round.told();
    }
  }

  private void endAll(SessionId session) {
    links
        .links(session, clock.instant(), Limits.LINKS_READ)
        .forEach(link -> end(link, Ending.SESSION_ENDED));
  }

  private void tell(UserId user, List<Tiding> news, Round round) {
    List<Link> connected = links.links(user, clock.instant(), Limits.LINKS_READ);
    if (connected.isEmpty()) {
      return;
    }
    List<Tiding> complete = news.stream().map(this::withRow).toList();
    connected.forEach(link -> round.run(() -> tell(link, complete, round)));
  }

  /// What no row had to change for, as an edit of an older message, comes with the row as it is.
  private Tiding withRow(Tiding tiding) {
    return tiding instanceof Tiding.Entries(var key, var entries, InboxRow row) && row == null
        ? new Tiding.Entries(key, entries, inbox.row(key))
        : tiding;
  }

  private void tell(Link link, List<Tiding> news, Round round) {
    List<Event> events = new ArrayList<>();
    for (Tiding tiding : news) {
      switch (tiding) {
        case Tiding.Entries(_, var entries, InboxRow row) -> entries(link, entries, row, events);
        case Tiding.Marked(InboxRow row) -> {
          events.add(
              new Event.Read(
                  row.key().conversation(), link.user(), row.read().seq(), row.unread()));
          // What they chose comes by in the same way, and which of the two it was is not told.
          if (row.choice().version() > 0) {
            events.add(new Event.RowChanged(row));
          }
        }
        case Tiding.Blocked(UserId other, boolean isThere) ->
            events.add(new Event.BlockChanged(other, isThere));
        case Tiding.Changed(Account account) -> {
          if (!link.session().isEndedBy(account)) {
            events.add(new Event.AccountChanged(account));
          } else if (isOver.test(link.session())) {
            // A change of password lets one session go on, by beginning it anew.
            end(link, Ending.SESSION_ENDED);
            return;
          }
        }
      }
    }
    round.count(send(link, events, round));
  }

  /// Whoever is still connecting asks the log afterwards, and needs no events of before.
  private boolean isOpening(Link link) {
    return link.opened().plus(Limits.LINK_OPENING).isAfter(clock.instant());
  }

  private static void entries(
      Link link, List<Authored> entries, @Nullable InboxRow row, List<Event> events) {
    if (row == null || row.last() == null) {
      return;
    }
    // A batch that is handled again, or late, tells nothing that whoever connected since has read.
    Instant from = link.opened().minus(Limits.SERVER_CLOCK_ALLOWANCE);
    List<Authored> news = entries.stream().filter(entry -> entry.at().isAfter(from)).toList();
    news.forEach(entry -> events.add(new Event.Appended(entry, row)));
    // An edit does not say what the row has become; a message does.
    if (!news.isEmpty() && news.stream().noneMatch(Entry.Message.class::isInstance)) {
      long rev = row.last().rev();
      if (news.stream().anyMatch(entry -> entry.seq() == rev)) {
        events.add(new Event.RowChanged(row));
      }
    }
  }

  private Gateway.Delivery send(Link link, List<Event> events, Round round) {
    if (events.size() > Limits.EVENTS_WAITING) {
      gateway.send(link, new Event.Resync());
      end(link, Ending.TOO_SLOW);
      return Gateway.Delivery.FAILED;
    }
    Gateway.Delivery last = Gateway.Delivery.TAKEN;
    for (Event event : events) {
      last = round.inTurn(() -> gateway.send(link, event));
      if (last != Gateway.Delivery.TAKEN) {
        if (last != Gateway.Delivery.GONE || !isOpening(link)) {
          links.remove(link);
        }
        break;
      }
    }
    return last;
  }
}
