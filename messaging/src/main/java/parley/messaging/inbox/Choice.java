package parley.messaging.inbox;

import parley.messaging.inbox.InboxRow.Mark;

/// What a person decided about a conversation in their inbox. Theirs alone to write; nobody else is
/// told of any of it.
///
/// - `cleared`: deleted for oneself up to this entry. What came before is not shown to them again.
/// - `archived`: the newest entry when they archived it, 0 for not.
/// - `muted`: nothing of it calls for attention.
/// - `accepted`: they let somebody whom they never wrote to into their inbox.
/// - `version`: how often they decided; 0 for never. So that of two decisions at once neither is
///   lost.
public record Choice(Mark cleared, long archived, boolean muted, boolean accepted, long version) {
  public static final Choice NONE = new Choice(Mark.NONE, 0, false, false, 0);

  Choice withCleared(Mark mark) {
    return new Choice(mark, 0, muted, accepted, version + 1);
  }

  Choice with(long archivedAt, boolean isMuted, boolean isAccepted) {
    return new Choice(cleared, archivedAt, isMuted, isAccepted, version + 1);
  }

  /// Whether they come to the same, whenever they were made.
  public boolean isAs(Choice other) {
    return cleared.equals(other.cleared)
        && archived == other.archived
        && muted == other.muted
        && accepted == other.accepted;
  }
}
