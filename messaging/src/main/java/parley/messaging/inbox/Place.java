package parley.messaging.inbox;

import java.time.Instant;
import parley.messaging.conversation.ConversationId;

/// Where a row stands in the index: its folder, the time at which it last moved, and its
/// conversation (so that no two rows of a person share a place).
public record Place(String folder, Instant movedAt, ConversationId conversation)
    implements Comparable<Place> {
  /// The folder of the inbox itself.
  public static final String INBOX = Folder.INBOX.code();

  @Override
  public int compareTo(Place other) {
    int byFolder = folder.compareTo(other.folder);
    int byTime = byFolder != 0 ? byFolder : movedAt.compareTo(other.movedAt);
    return byTime != 0 ? byTime : conversation.compareTo(other.conversation);
  }
}
