package parley.messaging.inbox;

import java.time.Instant;
import java.util.Objects;
import parley.messaging.conversation.ConversationId;

/// Where a row stands in the exact order of an inbox: by its newest message, then by conversation.
public record Position(Instant lastAt, ConversationId conversation)
    implements Comparable<Position> {
  static Position of(InboxRow row) {
    return new Position(Objects.requireNonNull(row.last()).at(), row.key().conversation());
  }

  @Override
  public int compareTo(Position other) {
    int byTime = lastAt.compareTo(other.lastAt);
    return byTime != 0 ? byTime : conversation.compareTo(other.conversation);
  }
}
