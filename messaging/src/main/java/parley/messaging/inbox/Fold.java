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
import parley.messaging.inbox.InboxRow.Setting;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Message;
import parley.messaging.message.Text;

/// What a run of entries of one conversation comes to, in the order of their numbers: for one of
/// its members, or for the messages themselves.
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

  private final @Nullable UserId viewer;
  private @Nullable Message first;
  private @Nullable Message last;
  private final Set<Long> numbers = new HashSet<>();
  private final Map<UserId, Mark> own = new HashMap<>();
  private final SortedMap<Long, Change> changes = new TreeMap<>();
  private final Set<UserId> left = new HashSet<>();
  private Entry.@Nullable Members state;
  private @Nullable Setting setting;

  /// Of what everybody sees, and what is hidden.
  Fold() {
    this(null);
  }

  /// Of what this person sees; null as above.
  Fold(@Nullable UserId viewer) {
    this.viewer = viewer;
  }

  /// Folds entries that are given in ascending order.
  Fold add(Entry entry) {
    if (viewer != null && entry instanceof Entry.Stamped one && one.isHiddenFrom(viewer)) {
      return this;
    }
    switch (entry) {
      case Message message -> {
        first = first == null ? message : first;
        last = message;
        if (isCounted(message)) {
          numbers.add(message.stamp().n());
        }
        own.put(message.from(), new Mark(message.seq(), message.stamp().n()));
      }
      case Entry.Edit edit -> {
        Text text = edit.text();
        // One without a text belongs to a message that was unsent: the unsend is further on. And
        // one aside changes what its sender sees alone.
        if (text != null && (viewer != null || !edit.aside())) {
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
      case Entry.Retention retention -> setting = InboxRow.settingOf(retention);
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

  private static boolean isCounted(Message message) {
    return message.stamp().hiddenFrom().isEmpty();
  }

  /// Number, among the counted messages, of the first one; of one that is not counted, the number
  /// that the next counted one has.
  long firstN() {
    if (first == null) {
      return 0;
    }
    return isCounted(first) ? first.stamp().n() : first.stamp().n() + 1;
  }

  /// Whether no counted message is missing between the first and the newest one.
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
    Message now = viewer == null ? message : (Message) message.seenBy(viewer, 0);
    if (change == null || change.rev() <= now.rev()) {
      change = new Change(now.text(), now.rev(), true, Set.of());
    }
    return new Last(
        message.seq(),
        message.stamp().n(),
        message.at(),
        message.from(),
        change.text() == null ? null : change.text().preview(),
        change.rev(),
        message.stamp().days(),
        message.vanished());
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

  /// Whether it changes a newer message than it has, which would then come by as it was at first.
  boolean runsAhead() {
    return last != null
        && changes.entrySet().stream()
            .anyMatch(change -> change.getKey() > last.seq() && change.getValue().ofNewest());
  }

  /// The newest word on who is in the conversation, null for none.
  Entry.@Nullable Members state() {
    return state;
  }

  /// The newest word on how long messages are kept, null for none.
  @Nullable Setting setting() {
    return setting;
  }

  /// Whom these entries removed, and none of them took back.
  Set<UserId> left() {
    return left;
  }
}
