package parley.messaging.inbox;

import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.InboxStore.Marked;
import parley.messaging.message.Log;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Messages;

/// Use case: what people do with their conversations, for themselves alone: archive, mute, delete.
public final class Filing {
  private static final int ATTEMPTS = 8;

  private final InboxStore store;
  private final Inbox inbox;
  private final Log log;
  private final Clearings clearings;
  private final InstantSource clock;

  public Filing(InboxStore store, Inbox inbox, Log log, Clearings clearings, InstantSource clock) {
    this.store = store;
    this.inbox = inbox;
    this.log = log;
    this.clearings = clearings;
    this.clock = clock;
  }

  /// What somebody wants of a conversation; null for what is to stay as it is.
  public record Wish(@Nullable Folder folder, @Nullable Boolean muted) {}

  /// Puts a conversation where it is wanted. The row as it is then; null where there is no such
  /// conversation for this person.
  public @Nullable InboxRow change(UserId user, ConversationId id, Wish wish) {
    return decide(user, id, row -> wished(row, wish));
  }

  private static Choice wished(InboxRow row, Wish wish) {
    Choice choice = row.choice();
    boolean muted = wish.muted() == null ? choice.muted() : wish.muted();
    // One that came back from the archive is not sent there again by being muted.
    boolean archivedNow = row.folder() == Folder.ARCHIVE;
    boolean archive = wish.folder() == null ? archivedNow : wish.folder() == Folder.ARCHIVE;
    Last newest = row.newest();
    long archived = !archive || newest == null ? 0 : archivedNow ? choice.archived() : newest.seq();
    // Whoever takes a request into their inbox has accepted it.
    boolean accepted = choice.accepted() || wish.folder() == Folder.INBOX && row.own().seq() == 0;
    return choice.with(archived, muted, accepted);
  }

  /// Deletes a conversation for one person, up to entry `upTo`; null for all that there is. It
  /// comes back with a newer message only, and nothing of what was before. The row as it is then;
  /// null where there is no such conversation for this person.
  public @Nullable InboxRow delete(UserId user, ConversationId id, @Nullable Long upTo) {
    Log.End end = log.end(id, 1, Consistency.STRONG);
    if (end == null
        || !end.isAliveAt(clock.instant())
        || !Messages.membersOf(log, id, end).contains(user)) {
      return null;
    }
    long seq = upTo == null ? end.lastSeq() : Math.min(upTo, end.lastSeq());
    Mark mark = new Mark(seq, inbox.messagesUpTo(id, seq));
    return decide(
        user,
        id,
        row -> row.choice().cleared().seq() >= seq ? row.choice() : row.choice().withCleared(mark));
  }

  /// Writes a decision on condition that what it was made on still holds, or makes it again.
  private @Nullable InboxRow decide(
      UserId user, ConversationId id, Function<InboxRow, Choice> decision) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      InboxRow row = inbox.conversation(user, id);
      if (row == null) {
        return null;
      }
      Choice choice = decision.apply(row);
      if (choice.isAs(row.choice())) {
        return row;
      }
      Place before = row.place();
      // One that is nowhere stays there, whatever is decided, until there is a newer message.
      Place place =
          before == null
              ? null
              : InboxRow.placeOf(row.key(), row.last(), row.own(), choice, before.movedAt());
      if (store.choose(row, choice, place) instanceof Marked.Set(InboxRow now)) {
        clearings.heard(now);
        return now;
      }
    }
    throw new StoreUnavailable(
        "an inbox row changed under every one of " + ATTEMPTS + " decisions about it",
        new IllegalStateException(id.value()));
  }
}
