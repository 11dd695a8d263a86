package parley.messaging.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Authored;

/// What a batch of the change stream means to people: who is to hear what, in which order, and
/// which sessions are over. Collected on one thread, told by a [Switchboard].
public final class Tidings {
  /// Something for one person.
  sealed interface Tiding {
    /// Entries of a conversation in the order of their numbers, with the row as it shows them; null
    /// where no row had to change.
    record Entries(RowKey key, List<Authored> entries, @Nullable InboxRow row) implements Tiding {}

    /// Their account, as it is now.
    record Changed(Account account) implements Tiding {}

    /// They blocked somebody, or took that back.
    record Blocked(UserId other, boolean isThere) implements Tiding {}

    /// A read mark of theirs.
    record Marked(InboxRow row) implements Tiding {}
  }

  private final Map<UserId, List<Tiding>> people = new LinkedHashMap<>();
  private final Set<SessionId> over = new LinkedHashSet<>();

  /// Entries of a conversation were projected, for these members.
  public void projected(
      ConversationId id, List<Entry> entries, Set<UserId> members, Map<UserId, InboxRow> rows) {
    List<Authored> authored =
        entries.stream()
            .filter(Authored.class::isInstance)
            .map(Authored.class::cast)
            .distinct()
            .sorted((one, other) -> Long.compare(one.seq(), other.seq()))
            .toList();
    for (UserId user : members) {
      List<Authored> seen = authored.stream().filter(entry -> !entry.isHiddenFrom(user)).toList();
      if (!seen.isEmpty()) {
        add(user, new Tiding.Entries(new RowKey(user, id), seen, rows.get(user)));
      }
    }
  }

  /// A person has read on.
  public void marked(InboxRow row) {
    add(row.key().user(), new Tiding.Marked(row));
  }

  public void changed(Account account) {
    add(account.id(), new Tiding.Changed(account));
  }

  /// A person blocked somebody, or took that back: nobody else is told.
  public void blocked(UserId blocker, UserId other, boolean isThere) {
    add(blocker, new Tiding.Blocked(other, isThere));
  }

  public void ended(SessionId session) {
    over.add(session);
  }

  private void add(UserId user, Tiding tiding) {
    people.computeIfAbsent(user, _ -> new ArrayList<>()).add(tiding);
  }

  Map<UserId, List<Tiding>> people() {
    return people;
  }

  Set<SessionId> over() {
    return over;
  }
}
