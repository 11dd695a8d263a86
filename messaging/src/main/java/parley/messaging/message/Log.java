package parley.messaging.message;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.Head;

/// Port: the logs of conversations.
public interface Log {
  /// How fresh a read has to be.
  enum Consistency {
    /// Sees every acknowledged write. Costs twice as much.
    STRONG,
    /// May miss the last second.
    EVENTUAL
  }

  /// The head and the newest `entries` entries in one read; null where there is no head.
  @Nullable End end(ConversationId id, int entries, Consistency consistency);

  /// Entries after `seq`, ascending, at most `limit`.
  List<Entry> after(ConversationId id, long seq, int limit, Consistency consistency);

  /// Entries before `seq`, the newest `limit` of them, ascending.
  List<Entry> before(ConversationId id, long seq, int limit, Consistency consistency);

  /// One entry, strongly consistent; null where there is none.
  @Nullable Entry entry(ConversationId id, long seq);

  /// Stores the entry at its number, unless that number is taken. One write.
  Appended append(ConversationId id, Entry.Authored entry);

  /// Lets the message that an edit or unsend names reflect it, and remember the numbers of its
  /// `edits`. Never goes back to an older text. What the message is then; null where there is none.
  @Nullable Rewritten rewrite(
      ConversationId id, long target, @Nullable Text text, long rev, Set<Long> edits);

  /// Lets a message hold the text of an edit that others do not see beside the one that they see.
  /// As above; nothing where the message is unsent.
  @Nullable Rewritten rewriteAside(ConversationId id, long target, Text text, long rev);

  /// Takes away the text of an edit whose message was unsent.
  void blank(ConversationId id, long seq);

  /// Makes the head of a conversation permanent: it has a message now.
  void settle(ConversationId id);

  /// Lets the head reflect who is in the conversation. Never goes back to an older state.
  void reflect(ConversationId id, long stateSeq, Set<UserId> members);

  /// The end of a log: its head and its newest entries, ascending.
  record End(Head head, List<Entry> entries) {
    public End {
      entries = List.copyOf(entries);
    }

    /// Number of the newest entry, 0 for an empty log.
    public long lastSeq() {
      return entries.isEmpty() ? 0 : entries.getLast().seq();
    }

    /// Whether this conversation is there at all for a reader at `now`.
    public boolean isAliveAt(Instant now) {
      return !entries.isEmpty() || !head.isExpiredAt(now);
    }
  }

  /// A message after it was rewritten: whether it is unsent, and the numbers of all its edits that
  /// it knows of.
  record Rewritten(boolean unsent, Set<Long> edits) {
    public Rewritten {
      edits = Set.copyOf(edits);
    }
  }

  /// What became of an append.
  sealed interface Appended {
    /// It is in the log.
    record Stored() implements Appended {}

    /// That number was taken, by this entry.
    record Occupied(Entry there) implements Appended {}
  }
}
