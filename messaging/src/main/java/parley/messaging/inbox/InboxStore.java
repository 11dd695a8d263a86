package parley.messaging.inbox;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.InboxRow.Setting;

/// Port: inbox rows, and the sparse index over those that are in a folder.
public interface InboxStore {
  // What readers ask.

  /// The first rows of a person in no useful order: all of them if fewer than `limit` come back.
  List<InboxRow> anyRows(UserId user, int limit);

  /// Places in `folder` that are below `below` (null for the top), highest first.
  List<Place> places(UserId user, String folder, @Nullable Place below, int limit);

  /// The rows of these conversations; those that are not there are left out.
  List<InboxRow> rows(UserId user, Collection<ConversationId> conversations);

  /// One row, strongly consistent; null where there is none.
  @Nullable InboxRow row(RowKey key);

  // What readers write.

  /// Marks as read up to `mark`, unless more is marked already. `create` makes the row if it is not
  /// there. One write.
  Marked markRead(RowKey key, Mark mark, boolean create);

  /// Marks as read up to the row's newest message, on condition that its number is `seq`. One
  /// write, and no need to know how many messages that is.
  Marked markReadToEnd(RowKey key, long seq);

  /// Writes what a person decided, and the place that follows from it, on condition that the row is
  /// still as it was `seen`; one that is not there is made. One write, two more where its place
  /// changes.
  Marked choose(InboxRow seen, Choice choice, @Nullable Place place);

  /// What became of a mark, or of a decision.
  sealed interface Marked {
    /// It is set; this is the row now.
    record Set(InboxRow row) implements Marked {}

    /// The row did not fit the condition; this is the row, null where there is none.
    record Refused(@Nullable InboxRow row) implements Marked {}
  }

  // What the projection writes.

  /// Brings a row up to a newest message. One write, two more where its place changes.
  Advanced advance(RowKey key, Advance advance, Guard guard);

  /// Shows an edited or unsent message in a row, if it is the newest one there and shows an older
  /// revision. One write.
  Advanced amend(RowKey key, long seq, @Nullable String preview, long rev);

  /// Lets a row say for how long its conversation keeps messages, unless it knows of a later word.
  /// One write.
  Advanced retain(RowKey key, Setting setting);

  /// Takes a row away.
  void remove(RowKey key);

  /// Puts a row as it should be, keeping what belongs to the reader, at `place` or out of the
  /// index. For repairs.
  void repair(InboxRow row);

  /// What a row becomes: `own` is null where this person wrote nothing in what is projected, and
  /// `place` is null where the row keeps its place.
  record Advance(@Nullable UserId peer, Last last, @Nullable Mark own, @Nullable Place place) {}

  /// On what condition.
  sealed interface Guard {
    /// The row is in the inbox and shows the counted message before number `firstN`, or a later one
    /// but not yet the newest. Then what is projected joins on without a gap.
    record Continues(long firstN) implements Guard {}

    /// No message was projected to the row before, and its person has decided nothing about it.
    record First() implements Guard {}

    /// The row's newest message, place, and what its person decided are still those that were read.
    record Unchanged(@Nullable InboxRow seen) implements Guard {}
  }

  /// What became of it.
  sealed interface Advanced {
    /// Written; this is the row now.
    record Done(InboxRow row) implements Advanced {}

    /// The row did not fit the condition; this is the row, null where there is none.
    record Refused(@Nullable InboxRow row) implements Advanced {}
  }
}
