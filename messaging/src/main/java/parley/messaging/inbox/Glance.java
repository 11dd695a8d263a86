package parley.messaging.inbox;

import java.time.Instant;
import java.util.BitSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Head;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Stamp;
import parley.messaging.message.Entry.Stamped;

/// Finds in one walk over everything, and in little memory, which conversations a [Rebuild] has to
/// look at closely: those that may not be as their logs say, and by accident some others.
///
/// Each row that a log calls for is added to its conversation's bucket as a number, and each row
/// that is there is taken away from it. Where nothing is left, all is well. Where something is, or
/// a log looked odd, whatever falls into the bucket is suspect. So a table of any size takes half a
/// megabyte, besides the one log that is being read.
///
/// Items of a conversation come together and in order, as tables give them; where they do not, more
/// is suspect than need be, and nothing less.
public final class Glance {
  private static final int BUCKETS = 1 << 16;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private final long[] sums = new long[BUCKETS];
  private final BitSet odd = new BitSet(BUCKETS);
  private @Nullable Log log;
  private boolean unreadable;
  private long conversations;
  private long rows;

  /// The conversation that is being read.
  private static final class Log {
    final ConversationId id;
    final Fold fold = new Fold();
    @Nullable Head head;
    Stamp last = Stamp.START;
    boolean odd;

    Log(ConversationId id) {
      this.id = id;
    }
  }

  public void head(Head head) {
    Log at = log(head.id());
    at.odd |= at.head != null;
    at.head = head;
  }

  /// An entry, after those before it.
  public void entry(ConversationId id, Entry entry) {
    Log at = log(id);
    at.odd |= entry.seq() != at.last.seq() + 1;
    if (entry instanceof Stamped stamped) {
      at.odd |= stamped.at().isBefore(at.last.at());
      // Where something is hidden, each member sees another conversation.
      at.odd |= !stamped.stamp().hiddenFrom().isEmpty();
      at.last = stamped.stamp();
      at.fold.add(entry);
    } else {
      at.odd = true;
    }
  }

  public void row(InboxRow row) {
    rows++;
    sums[bucket(row.key().conversation())] -= number(row);
    Last last = row.last();
    // It may have been read beyond the end of the log, which only the log knows; and where its
    // person decided something, the log alone does not say where it is.
    if (last == null || row.read().seq() > last.seq() || !row.choice().isAs(Choice.NONE)) {
      odd.set(bucket(row.key().conversation()));
    }
  }

  /// An item of this conversation, or of nobody knows which, that cannot be what its key says.
  public void unreadable(@Nullable ConversationId id) {
    unreadable = true;
    if (id != null) {
      odd.set(bucket(id));
    }
  }

  /// After the last item.
  public void end() {
    settle();
  }

  private Log log(ConversationId id) {
    Log at = log;
    if (at == null || !at.id.equals(id)) {
      settle();
      at = new Log(id);
      log = at;
      conversations++;
    }
    return at;
  }

  private void settle() {
    Log at = log;
    log = null;
    if (at == null) {
      return;
    }
    int bucket = bucket(at.id);
    Head head = at.head;
    if (head == null || at.odd) {
      odd.set(bucket);
    } else if (at.fold.hasMessages()) {
      if (head.expiresAt() != null || at.last.stateSeq() > head.stateSeq()) {
        odd.set(bucket);
      }
      Set<UserId> members = head.members();
      for (UserId user : members) {
        sums[bucket] +=
            number(Rebuild.expected(new RowKey(user, at.id), at.fold, members, Choice.NONE));
      }
    }
  }

  /// Whether there is nothing that has to be looked at closely.
  public boolean isClean() {
    if (unreadable || !odd.isEmpty()) {
      return false;
    }
    for (long sum : sums) {
      if (sum != 0) {
        return false;
      }
    }
    return true;
  }

  public boolean isSuspect(ConversationId id) {
    int bucket = bucket(id);
    return odd.get(bucket) || sums[bucket] != 0;
  }

  public long conversations() {
    return conversations;
  }

  public long rows() {
    return rows;
  }

  private static int bucket(ConversationId id) {
    return (int) (text(1, id.value()) >>> 48);
  }

  /// All that a rebuild compares of a row: two rows that differ in it have different numbers.
  private static long number(InboxRow row) {
    long number = text(text(1, row.key().user().value()), row.key().conversation().value());
    number = text(number, row.peer() == null ? "" : row.peer().value());
    Last last = Objects.requireNonNullElse(row.last(), NONE);
    number = whole(whole(whole(number, last.seq()), last.n()), last.at().toEpochMilli());
    number = text(number, last.from().value());
    number = whole(text(number, last.preview() == null ? "\0" : last.preview()), last.rev());
    number = whole(number, last.days());
    number = whole(whole(number, row.setting().days()), row.setting().seq());
    number = whole(whole(number, row.own().seq()), row.own().n());
    number = text(number, row.place() == null ? "" : row.place().folder());
    return whole(number, row.place() == null ? -1 : row.place().movedAt().toEpochMilli());
  }

  private static final Last NONE =
      new Last(-1, -1, Instant.EPOCH, new UserId("u-" + "a".repeat(26)), null, -1);

  private static long text(long number, String text) {
    long next = number;
    for (int i = 0; i < text.length(); i++) {
      next = next * 31 + text.charAt(i);
    }
    return whole(next, text.length());
  }

  /// Spreads each bit over all others, so that numbers that are alike end up apart.
  private static long whole(long number, long more) {
    long mixed = (number ^ more) * PRIME;
    mixed ^= mixed >>> 32;
    return mixed * PRIME;
  }
}
