package parley.messaging.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.CacheUse;
import parley.messaging.Hearing;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Head;

/// What this process knows of the ends of logs, from what it wrote and what it heard on the stream.
public final class Tails {
  private static final int CONVERSATIONS = 50_000;
  private static final Duration IDLE = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Hearing hearing;
  private final Cache<ConversationId, Tail> tails =
      Caffeine.newBuilder()
          .maximumSize(CONVERSATIONS)
          .expireAfterAccess(IDLE)
          .recordStats()
          .build();

  public Tails(InstantSource clock, Hearing hearing) {
    this.clock = clock;
    this.hearing = hearing;
  }

  /// Whether others may have appended since: nobody tells this process, and some time has passed.
  boolean isOutdated(Tail tail, Instant now) {
    return !hearing.isThere() && tail.viewAsOf(now, Limits.TAIL_UNHEARD) == null;
  }

  Tail of(ConversationId id) {
    return tails.get(id, _ -> new Tail());
  }

  @Nullable Tail peek(ConversationId id) {
    return tails.getIfPresent(id);
  }

  /// Takes note of an entry that the change stream told of.
  public void heard(ConversationId id, Entry entry) {
    Tail tail = tails.getIfPresent(id);
    if (tail != null) {
      tail.heard(entry, clock.instant());
    }
  }

  /// Takes note of a conversation that this process has just opened: it has no entry yet.
  public void opened(Head head) {
    of(head.id()).load(new Log.End(head, List.of()), clock.instant());
  }

  /// Whether this process has seen the conversation in the table.
  public boolean knows(ConversationId id) {
    Tail tail = tails.getIfPresent(id);
    Tail.View view = tail == null ? null : tail.view();
    return view != null && !view.isOverAt(clock.instant());
  }

  /// Who is in the conversation as of entry `seq` or later, or null where that is not in memory.
  public @Nullable Set<UserId> membersAsOf(ConversationId id, long seq) {
    Tail tail = tails.getIfPresent(id);
    Tail.View view = tail == null ? null : tail.view();
    return view == null || view.last().seq() < seq || view.lacksState() ? null : view.members();
  }

  /// Number of the newest entry that this process knows of, 0 for none.
  public long lastSeq(ConversationId id) {
    Tail tail = tails.getIfPresent(id);
    return tail == null ? 0 : tail.lastSeq();
  }

  /// Messages up to entry `seq`, or -1 where that is not in memory.
  public long messagesUpTo(ConversationId id, long seq) {
    Tail tail = tails.getIfPresent(id);
    return tail == null ? -1 : tail.messagesUpTo(seq);
  }

  /// How much this memory is worth.
  public CacheUse use() {
    return CacheUse.of(tails);
  }

  /// Forgets one conversation, so that the next use reads it.
  public void forget(ConversationId id) {
    tails.invalidate(id);
  }
}
