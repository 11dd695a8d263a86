package parley.messaging.conversation;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;

/// What stands at the top of a conversation: its kind and who is in it.
///
/// `stateSeq` is the number of the entry that it reflects, 0 for the conversation as it was opened.
/// A head may lag behind its log: whoever decides by it compares `stateSeq` with the newest
/// entry's. `expiresAt` is when it goes by itself, null once a message has been projected.
public record Head(
    ConversationId id, Kind kind, Set<UserId> members, long stateSeq, @Nullable Instant expiresAt) {

  /// What sort of conversation it is.
  public enum Kind {
    /// Two people.
    DIRECT
  }

  public Head {
    members = Set.copyOf(members);
  }

  /// Whether it is past its end: such a head is treated as if it were not there, since the service
  /// deletes expired items days late.
  public boolean isExpiredAt(Instant now) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }
}
