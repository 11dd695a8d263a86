package parley.messaging.inbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.InboxStore.Marked;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Stamped;
import parley.messaging.message.Log;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Messages;
import parley.messaging.message.Tails;
import parley.messaging.message.Vanishing;

/// Use case: a person's inbox, newest conversation first, and what of it they have read.
public final class Inbox {
  private static final int PEOPLE_REMEMBERED = 100_000;

  private final InboxStore store;
  private final Log log;
  private final Tails tails;
  private final InstantSource clock;
  private final Vanishing vanishing;

  /// People known to have a large inbox: for them the rows are not tried first.
  private final Cache<UserId, Boolean> large =
      Caffeine.newBuilder().maximumSize(PEOPLE_REMEMBERED).build();

  public Inbox(InboxStore store, Log log, Tails tails, InstantSource clock, Vanishing vanishing) {
    this.store = store;
    this.log = log;
    this.tails = tails;
    this.clock = clock;
    this.vanishing = vanishing;
  }

  /// Rows newest first; `next` is null on the last page.
  public record Page(List<InboxRow> rows, @Nullable InboxCursor next) {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /// A page of the inbox itself.
  public Page page(UserId user, @Nullable InboxCursor cursor, int limit) {
    return page(user, Folder.INBOX, cursor, limit);
  }

  /// A page of one folder.
  public Page page(UserId user, Folder folder, @Nullable InboxCursor cursor, int limit) {
    return page(user, EnumSet.of(folder), cursor, limit);
  }

  /// A page of at most `limit` rows of some folders, from where `cursor` says; null for the top.
  public Page page(UserId user, Set<Folder> folder, @Nullable InboxCursor cursor, int limit) {
    InboxCursor from = cursor == null ? InboxCursor.TOP : cursor;
    if (large.getIfPresent(user) == null && from.ceiling() == null && from.floor() == null) {
      List<InboxRow> rows = store.anyRows(user, Limits.SMALL_INBOX + 1);
      if (rows.size() <= Limits.SMALL_INBOX) {
        return exact(shown(rows, folder, row -> isBelow(row, from.below())), from, limit);
      }
      large.put(user, true);
    }
    return from.floor() == null
        ? byIndex(user, folder, from, limit)
        : portion(user, folder, from, limit);
  }

  /// A page out of all rows that can be on it, in exact order.
  private static Page exact(List<InboxRow> rows, InboxCursor from, int limit) {
    return rows.size() <= limit ? new Page(rows, null) : firstOf(rows, from, limit);
  }

  private static Page firstOf(List<InboxRow> rows, InboxCursor from, int limit) {
    List<InboxRow> page = rows.subList(0, limit);
    return new Page(page, new InboxCursor(Position.of(page.getLast()), from.ceiling(), null, null));
  }

  /// Takes places from the index until no row further down can belong above the last row of the
  /// page. A row's place is at most [Limits#ROW_MOVES_AFTER] older than its newest message, so that
  /// is how far down one has to look.
  private Page byIndex(UserId user, Set<Folder> folder, InboxCursor from, int limit) {
    Candidates candidates = new Candidates(store, user, folder, start(from));
    boolean more = candidates.fetch(limit);
    while (true) {
      List<InboxRow> rows = shown(candidates.rows(), folder, row -> isBelow(row, from.below()));
      if (more && rows.size() < limit) {
        more = candidates.fetch(limit - rows.size());
        continue;
      }
      if (candidates.areAll()) {
        return exact(rows, from, limit);
      }
      if (rows.size() >= limit) {
        Instant reach = Position.of(rows.get(limit - 1)).lastAt().minus(Limits.ROW_MOVES_AFTER);
        if (candidates.fetchDownTo(reach)) {
          continue;
        }
        if (candidates.reaches(reach)) {
          return firstOf(rows, from, limit);
        }
      }
      // A crowd: more rows moved within one quarter of an hour than a page may look at. They are
      // shown in portions, each in exact order, every row once.
      return portionOf(
          rows, new InboxCursor(from.below(), from.ceiling(), candidates.floor(), null), limit);
    }
  }

  /// The next page of the portion at hand.
  private Page portion(UserId user, Set<Folder> folder, InboxCursor from, int limit) {
    Place floor = Objects.requireNonNull(from.floor());
    List<Place> places =
        Candidates.places(store, user, folder, start(from), Limits.INBOX_CANDIDATES).stream()
            .filter(place -> place.compareTo(floor) >= 0)
            .toList();
    List<InboxRow> found = store.rows(user, places.stream().map(Place::conversation).toList());
    return portionOf(
        shown(found, folder, row -> isBelow(row, from.below()) && isBelow(row, from.within())),
        from,
        limit);
  }

  private static Page portionOf(List<InboxRow> rows, InboxCursor from, int limit) {
    if (rows.size() > limit) {
      List<InboxRow> page = rows.subList(0, limit);
      return new Page(
          page,
          new InboxCursor(from.below(), from.ceiling(), from.floor(), Position.of(page.getLast())));
    }
    return new Page(rows, new InboxCursor(from.below(), from.floor(), null, null));
  }

  /// The place below which the index is read. A row at or below a position has a place at or below
  /// that position's time.
  private static @Nullable Place start(InboxCursor from) {
    Position below = from.below();
    Place ceiling = from.ceiling();
    if (below == null) {
      return ceiling;
    }
    Place top = new Place(Place.INBOX, below.lastAt(), below.conversation());
    return ceiling != null && ceiling.compareTo(top) < 0 ? ceiling : top;
  }

  private static boolean isBelow(InboxRow row, @Nullable Position position) {
    return position == null || Position.of(row).compareTo(position) < 0;
  }

  private static List<InboxRow> shown(
      List<InboxRow> rows, Set<Folder> folder, Predicate<InboxRow> wanted) {
    return rows.stream()
        .filter(row -> row.newest() != null && folder.contains(row.folder()))
        .filter(wanted)
        .sorted(InboxRow.NEWEST_FIRST)
        .toList();
  }

  /// One conversation of a person, or null where there is none for them. One that was opened and
  /// has no message yet has a row without a newest message.
  public @Nullable InboxRow conversation(UserId user, ConversationId id) {
    RowKey key = new RowKey(user, id);
    InboxRow row = store.row(key);
    if (row != null && row.last() != null) {
      return row;
    }
    Log.End end = log.end(id, 1, Consistency.STRONG);
    if (end == null || !end.isAliveAt(clock.instant())) {
      return null;
    }
    var members = Messages.membersOf(log, id, end);
    if (!members.contains(user)) {
      return null;
    }
    Mark read = row == null ? Mark.NONE : row.read();
    Choice choice = row == null ? Choice.NONE : row.choice();
    return new InboxRow(key, Projector.peer(user, members), null, read, Mark.NONE, null, choice);
  }

  /// Marks a conversation as read up to entry `seq`. Marks never go back, and never beyond the log.
  public Read markRead(UserId user, ConversationId id, long seq) {
    RowKey key = new RowKey(user, id);
    long n = tails.messagesUpTo(id, seq);
    // In memory: one write. Else the row itself knows how many messages its newest one is.
    Marked marked =
        n >= 0 ? store.markRead(key, new Mark(seq, n), false) : store.markReadToEnd(key, seq);
    if (marked instanceof Marked.Refused(InboxRow row) && (row == null || row.read().seq() < seq)) {
      return markByLog(key, seq);
    }
    return outcome(marked);
  }

  /// The log decides: it knows who is in, where it ends, and how many messages there are up to
  /// `seq`.
  private Read markByLog(RowKey key, long seq) {
    ConversationId id = key.conversation();
    Log.End end = log.end(id, 1, Consistency.STRONG);
    if (end == null
        || !end.isAliveAt(clock.instant())
        || !Messages.membersOf(log, id, end).contains(key.user())) {
      return new Read.NoConversation();
    }
    if (seq > end.lastSeq()) {
      return new Read.Beyond(end.lastSeq());
    }
    return outcome(store.markRead(key, new Mark(seq, messagesUpTo(id, seq)), true));
  }

  /// Messages up to entry `seq` of a log, from memory where it is there.
  long messagesUpTo(ConversationId id, long seq) {
    long known = tails.messagesUpTo(id, seq);
    if (known >= 0) {
      return known;
    }
    for (long at = seq; at >= 1; at--) {
      Entry entry = log.entry(id, at);
      if (entry instanceof Stamped stamped) {
        return stamped.stamp().n();
      }
    }
    return 0;
  }

  private Read outcome(Marked marked) {
    return switch (marked) {
      case Marked.Set(InboxRow row) -> read(row);
      case Marked.Refused(InboxRow row) when row != null -> read(row);
      case Marked.Refused _ -> new Read.NoConversation();
    };
  }

  private Read read(InboxRow row) {
    return new Read.Marked(row.read().seq(), row.seen(vanishing).unread());
  }
}
