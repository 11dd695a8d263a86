package parley.messaging.event;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.Account;
import parley.messaging.account.Session;
import parley.messaging.account.SessionId;
import parley.messaging.account.SessionStore;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.Choice;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxStore;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Authored;
import parley.messaging.message.Entry.Message;
import parley.messaging.message.Tails;

/// Use case: telling the people who are connected to this server.
///
/// An entry comes by twice. At once, when this server appended it: then the members are in memory,
/// and the row is worked out ahead of the projection. And on the change stream, whoever appended
/// it: there the projected row says whom it concerns, so that a server asks the table nothing about
/// conversations that nobody here is in. A connection is told once.
public final class Audience implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Audience.class.getName());

  /// Entries that this server heard of longer than this before a connection was opened are nothing
  /// new to it: the rows that its client reads first show them.
  private static final Duration HEARD_BEFORE = Duration.ofSeconds(10);

  private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);

  private final InboxStore inbox;
  private final SessionStore sessions;
  private final Tails tails;
  private final InstantSource clock;
  private final News news = new News();
  private final Map<UserId, Set<Connection>> connections = new ConcurrentHashMap<>();
  private final Set<Connection> ending = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Turns<ConversationId> turns = new Turns<>(threads);
  private volatile boolean closed;

  public Audience(InboxStore inbox, SessionStore sessions, Tails tails, InstantSource clock) {
    this.inbox = inbox;
    this.sessions = sessions;
    this.tails = tails;
    this.clock = clock;
  }

  /// From here on, connections that are over are ended.
  public void start() {
    Thread.ofVirtual().name("audience").start(this::keepSweeping);
  }

  /// A new connection of a session. The account's oldest goes, where it has too many.
  public Connection open(Session session, Listener listener) {
    Connection connection = new Connection(session, listener, clock.instant());
    connections.compute(
        session.user(),
        (_, before) -> {
          Set<Connection> own = before == null ? ConcurrentHashMap.newKeySet() : before;
          own.add(connection);
          return own;
        });
    threads.execute(connection::run);
    Set<Connection> own = connections.getOrDefault(session.user(), Set.of());
    if (own.size() > Limits.CONNECTIONS_PER_ACCOUNT) {
      own.stream()
          .filter(other -> other != connection)
          .min(Comparator.comparing(Connection::opened))
          .ifPresent(oldest -> end(oldest, Ending.TOO_MANY));
    }
    if (closed) {
      end(connection, Ending.GOING_AWAY);
    }
    return connection;
  }

  /// The other side was heard.
  public void heard(Connection connection) {
    connection.heardAt(clock.instant());
  }

  /// The other side asks whether anybody is there.
  public void pinged(Connection connection) {
    heard(connection);
    connection.offer(new Event.Pong());
  }

  /// The other side is gone.
  public void gone(Connection connection) {
    end(connection, Ending.GOING_AWAY);
    ending.remove(connection);
  }

  /// Ends a connection, politely; one that does not end is cut.
  public void end(Connection connection, Ending why) {
    connections.computeIfPresent(
        connection.session().user(),
        (_, own) -> {
          own.remove(connection);
          return own.isEmpty() ? null : own;
        });
    ending.add(connection);
    connection.end(why, clock.instant());
  }

  /// How many are open here.
  public int size() {
    return connections.values().stream().mapToInt(Set::size).sum();
  }

  // What this server hears.

  /// This server appended an entry.
  public void appendedHere(ConversationId id, Authored entry) {
    Set<UserId> members = tails.membersAsOf(id, entry.seq());
    if (closed || members == null || members.stream().noneMatch(connections::containsKey)) {
      return;
    }
    turns.run(id, () -> members.forEach(user -> tellAhead(new RowKey(user, id), members, entry)));
  }

  private void tellAhead(RowKey key, Set<UserId> members, Authored entry) {
    if (!connections.containsKey(key.user()) || entry.isHiddenFrom(key.user())) {
      return;
    }
    try {
      InboxRow known = news.row(key);
      if (known == null) {
        known = inbox.row(key);
      }
      InboxRow row =
          switch (entry) {
            case Message message -> news.learn(InboxRow.with(known, key, members, message));
            case Entry.Retention retention ->
                known == null ? null : news.learn(known.keeping(retention));
            case Entry.Edit _, Entry.Unsend _, Entry.Members _ -> known;
          };
      if (row != null && row.last() != null) {
        appended(row, entry);
      }
    } catch (StoreUnavailable e) {
      // The stream tells of it again.
    }
  }

  /// The stream tells of an entry.
  public void appended(ConversationId id, Entry entry) {
    if (!connections.isEmpty() && entry instanceof Authored authored) {
      news.heard(id, authored, clock.instant());
    }
  }

  /// The stream tells of a row. `byReader` says that the person marked it as read.
  public void rowChanged(InboxRow image, boolean byReader) {
    UserId user = image.key().user();
    Set<Connection> own = connections.get(user);
    InboxRow before = news.row(image.key());
    if (own == null) {
      if (before != null) {
        // They may be back before it is forgotten.
        news.learn(image);
      }
      return;
    }
    InboxRow row = news.learn(image);
    boolean marked = before == null ? byReader : row.read().seq() > before.read().seq();
    if (marked) {
      tell(own, new Event.Read(row.key().conversation(), user, row.read().seq(), row.unread()));
    }
    if (byReader) {
      Choice known = before == null ? Choice.NONE : before.choice();
      if (!row.choice().isAs(known)) {
        tell(own, new Event.RowChanged(row));
      }
      return;
    }
    if (row.last() == null) {
      return;
    }
    boolean changed = before == null || !row.showsTheSameAs(before);
    // An edit does not say what the row has become; a message does.
    boolean amended = before != null && row.isAmendedSince(before);
    List<News.Heard> entries =
        news.upTo(row).stream().filter(heard -> !heard.entry().isHiddenFrom(user)).toList();
    for (Connection connection : own) {
      boolean told = false;
      for (News.Heard heard : entries) {
        told |=
            isNews(heard, connection) && connection.offer(new Event.Appended(heard.entry(), row));
      }
      if (changed && !told || amended) {
        connection.offer(new Event.RowChanged(row));
      }
    }
  }

  private void appended(InboxRow row, Authored entry) {
    for (Connection connection : connections.getOrDefault(row.key().user(), Set.of())) {
      connection.offer(new Event.Appended(entry, row));
    }
  }

  /// Both by this server's own clock, for the entry may be from one whose clock is elsewhere. Its
  /// time counts only where a server has been away, and hears of what is long past.
  private static boolean isNews(News.Heard heard, Connection connection) {
    Instant opened = connection.opened();
    return heard.at().isAfter(opened.minus(HEARD_BEFORE))
        && heard.entry().at().isAfter(opened.minus(Limits.SERVER_CLOCK_ALLOWANCE));
  }

  /// The stream tells of an account: whatever began at or before its `notBefore` is over.
  public void accountChanged(Account account) {
    for (Connection connection : connections.getOrDefault(account.id(), Set.of())) {
      if (connection.session().isEndedBy(account)) {
        threads.execute(() -> endUnlessRestarted(connection, account));
      } else {
        connection.offer(new Event.AccountChanged(account));
      }
    }
  }

  /// The stream tells that an account is none any more: its sessions are over.
  public void accountGone(UserId user) {
    connections.getOrDefault(user, Set.of()).forEach(own -> end(own, Ending.SESSION_ENDED));
  }

  /// A change of password lets one session go on, by beginning it anew.
  private void endUnlessRestarted(Connection connection, Account account) {
    try {
      Session session = sessions.session(connection.session().id());
      if (session == null || session.isEndedBy(account)) {
        end(connection, Ending.SESSION_ENDED);
      } else {
        connection.renew(session);
      }
    } catch (StoreUnavailable e) {
      // Whether the session is over is asked again when it connects again.
      end(connection, Ending.GOING_AWAY);
    }
  }

  /// The stream tells that somebody blocked somebody, or took that back: their own connections are
  /// told, and nobody else's.
  public void blockChanged(UserId blocker, UserId blocked, boolean isThere) {
    tell(connections.getOrDefault(blocker, Set.of()), new Event.BlockChanged(blocked, isThere));
  }

  /// The stream tells that a session was ended.
  public void sessionEnded(SessionId session) {
    all(connection -> {
      if (connection.session().id().equals(session)) {
        end(connection, Ending.SESSION_ENDED);
      }
    });
  }

  private void keepSweeping() {
    while (!closed) {
      try {
        Thread.sleep(SWEEP_EVERY);
        sweep();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(WARNING, "connections could not be looked through", e);
      }
    }
  }

  /// Ends what has lived or been silent for too long, and what belongs to sessions that ran out.
  void sweep() {
    Instant now = clock.instant();
    all(connection -> {
      Ending why = whyOver(connection, now);
      if (why != null) {
        end(connection, why);
      }
    });
    for (Connection connection : ending) {
      Instant endedAt = connection.endedAt();
      if (endedAt != null && endedAt.isBefore(now.minus(Limits.CONNECTION_FAREWELL))) {
        connection.cut();
      }
    }
  }

  private static @Nullable Ending whyOver(Connection connection, Instant now) {
    if (connection.isOver()) {
      return Ending.TOO_SLOW;
    }
    if (connection.session().isExpiredAt(now)) {
      return Ending.SESSION_ENDED;
    }
    if (connection.opened().isBefore(now.minus(Limits.CONNECTION_LIFE))) {
      return Ending.LIFE_OVER;
    }
    return connection.heard().isBefore(now.minus(Limits.CONNECTION_SILENCE)) ? Ending.SILENT : null;
  }

  private void all(Consumer<Connection> each) {
    connections.values().forEach(own -> own.forEach(each));
  }

  private static void tell(Set<Connection> own, Event event) {
    own.forEach(connection -> connection.offer(event));
  }

  /// Tells everybody that this server goes, and gives them a moment to take it.
  @Override
  public void close() {
    closed = true;
    all(connection -> end(connection, Ending.GOING_AWAY));
    long until = System.nanoTime() + Limits.CONNECTION_FAREWELL.toNanos();
    try {
      while (!ending.isEmpty() && System.nanoTime() - until < 0) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ending.forEach(Connection::cut);
    threads.shutdownNow();
  }
}
