package parley.messaging.inbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Message;
import parley.messaging.message.Text;

/// What a run of entries of one conversation comes to, in the order of their numbers.
///
/// It folds, and does not just take the last: an edit after a message must not hide the message.
final class Fold {
  /// A new text, null for none, for a message that this run may not contain. `ofNewest` says
  /// whether it was the newest message when it was changed: only then can a row be showing it.
  /// `edits` are the numbers of its edits in this run.
  record Change(@Nullable Text text, long rev, boolean ofNewest, Set<Long> edits) {
    Change {
      edits = Set.copyOf(edits);
    }
  }

  private @Nullable Message first;
  private @Nullable Message last;
  private final Set<Long> numbers = new HashSet<>();
  private final Map<UserId, Mark> own = new HashMap<>();
  private final SortedMap<Long, Change> changes = new TreeMap<>();
  private final Set<UserId> left = new HashSet<>();
  private Entry.@Nullable Members state;

  /// Folds entries that are given in ascending order.
  Fold add(Entry entry) {
    switch (entry) {
      case Message message -> {
        first = first == null ? message : first;
        last = message;
        numbers.add(message.stamp().n());
        own.put(message.from(), new Mark(message.seq(), message.stamp().n()));
      }
      case Entry.Edit edit -> {
        Text text = edit.text();
        // One without a text belongs to a message that was unsent: the unsend is further on.
        if (text != null) {
          Set<Long> edits = editsOf(edit.target());
          edits.add(edit.seq());
          boolean ofNewest = edit.targetN() == edit.stamp().n();
          changes.put(edit.target(), new Change(text, edit.seq(), ofNewest, edits));
        }
      }
      case Entry.Unsend unsend -> {
        boolean ofNewest = unsend.targetN() == unsend.stamp().n();
        Set<Long> edits = editsOf(unsend.target());
        changes.put(unsend.target(), new Change(null, unsend.seq(), ofNewest, edits));
      }
      case Entry.Members members -> {
        state = members;
        left.addAll(members.left());
        left.removeAll(members.members());
      }
      case Entry.Other _, Entry.Unreadable _ -> {
        // Nothing that a row shows. They hold their numbers.
      }
    }
    return this;
  }

  private Set<Long> editsOf(long target) {
    Change before = changes.get(target);
    return before == null ? new HashSet<>() : new HashSet<>(before.edits());
  }

  boolean hasMessages() {
    return last != null;
  }

  /// Number, among the messages, of the first one.
  long firstN() {
    return first == null ? 0 : first.stamp().n();
  }

  /// Whether no message is missing between the first and the newest one.
  boolean isWithoutGap() {
    return last == null || last.stamp().n() - firstN() + 1 == numbers.size();
  }

  /// The newest message as a row shows it, with what was changed of it afterwards.
  @Nullable Last last() {
    Message message = last;
    if (message == null) {
      return null;
    }
    Change change = changes.get(message.seq());
    if (change == null || change.rev() <= message.rev()) {
      change = new Change(message.text(), message.rev(), true, Set.of());
    }
    return new Last(
        message.seq(),
        message.stamp().n(),
        message.at(),
        message.from(),
        change.text() == null ? null : change.text().preview(),
        change.rev());
  }

  /// When rows last moved, as of the newest message.
  Instant movedAt() {
    return last == null ? Instant.EPOCH : last.stamp().movedAt();
  }

  /// The newest message of this person, null for none.
  @Nullable Mark own(UserId user) {
    return own.get(user);
  }

  /// The newest change of each changed entry.
  Map<Long, Change> changes() {
    return changes;
  }

  /// The newest word on who is in the conversation, null for none.
  Entry.@Nullable Members state() {
    return state;
  }

  /// Whom these entries removed, and none of them took back.
  Set<UserId> left() {
    return left;
  }
}
