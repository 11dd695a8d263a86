package parley.messaging.event;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.Session;
import parley.messaging.conversation.ConversationId;

/// An open connection of a session: events wait for it in a bounded queue, and leave in order.
public final class Connection {
  /// Conversations of which is remembered what was told.
  private static final int REMEMBERED = 512;

  /// Numbers that are remembered one by one; below them everything counts as told.
  private static final int REMEMBERED_NUMBERS = 256;

  /// Which entries of a conversation were told.
  private static final class Told {
    private final NavigableSet<Long> numbers = new TreeSet<>();
    private long floor;

    boolean add(long seq) {
      if (seq <= floor || !numbers.add(seq)) {
        return false;
      }
      if (numbers.size() > REMEMBERED_NUMBERS) {
        floor = numbers.removeFirst();
      }
      return true;
    }
  }

  private final Listener listener;
  private final Instant opened;
  private final Queue<Event> waiting = new ArrayDeque<>();
  private final Map<ConversationId, Told> told =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationId, Told> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Ending ending;
  private volatile Session session;
  private volatile Instant heard;
  private volatile @Nullable Instant endedAt;

  Connection(Session session, Listener listener, Instant now) {
    this.session = session;
    this.listener = listener;
    this.opened = now;
    this.heard = now;
  }

  public Session session() {
    return session;
  }

  /// The same session, which began anew.
  void renew(Session restarted) {
    session = restarted;
  }

  Instant opened() {
    return opened;
  }

  /// When the other side was last heard.
  Instant heard() {
    return heard;
  }

  void heardAt(Instant now) {
    heard = now;
  }

  /// When it was told to end, null for not yet.
  @Nullable Instant endedAt() {
    return endedAt;
  }

  /// Lets an event wait its turn; false where it is an entry that was told before.
  boolean offer(Event event) {
    lock.lock();
    try {
      if (ending != null) {
        return true;
      }
      if (event instanceof Event.Appended(var entry, var row)
          && !told.computeIfAbsent(row.key().conversation(), _ -> new Told()).add(entry.seq())) {
        return false;
      }
      if (waiting.size() == Limits.EVENTS_WAITING) {
        waiting.clear();
        waiting.add(new Event.Resync());
        ending = Ending.TOO_SLOW;
      } else {
        waiting.add(event);
      }
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the connection after what waits. The first reason counts.
  void end(Ending why, Instant now) {
    lock.lock();
    try {
      if (endedAt == null) {
        endedAt = now;
      }
      if (ending == null) {
        ending = why;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether it was found to be too slow.
  boolean isOver() {
    lock.lock();
    try {
      return ending != null;
    } finally {
      lock.unlock();
    }
  }

  /// Ends it at once.
  void cut() {
    listener.cut();
  }

  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /// Sends what waits until the connection ends. Runs on a thread of its own.
  void run() {
    try {
      for (Event event = next(); event != null; event = next()) {
        listener.send(event);
      }
      Ending why = ending;
      listener.end(why == null ? Ending.GOING_AWAY : why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      listener.cut();
    } catch (Exception e) {
      // The other side is gone, or does not take anything: it will come again and ask the log.
      listener.cut();
    }
  }

  private @Nullable Event next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && ending == null) {
        changed.await();
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }
}
