package parley.messaging.export;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Entry;
import parley.messaging.message.History;
import parley.messaging.message.Messages;

/// Gathers what is held of one person, page by page, so that no size of it needs much memory.
///
/// Conversations are read the way the person reads them: what is hidden from them, or what they
/// have deleted for themselves, is not shown to them here either.
public final class Dossier {
  private final OwnItems own;
  private final Messages messages;
  private final Accounts accounts;
  private final InstantSource clock;

  public Dossier(OwnItems own, Messages messages, Accounts accounts, InstantSource clock) {
    this.own = own;
    this.messages = messages;
    this.accounts = accounts;
    this.clock = clock;
  }

  /// Hears how far it is: `done` of `total` conversations. Called for each page.
  @FunctionalInterface
  public interface Progress {
    void at(int done, int total);
  }

  /// Writes all of it.
  public void write(Account account, Archive archive, Progress progress) {
    archive.begin(account, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    List<ConversationId> conversations = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      OwnItems.Part part = own.part(account.id(), cursor);
      archive.held(part.items());
      conversations.addAll(part.conversations());
      cursor = part.next();
      progress.at(0, conversations.size());
    } while (cursor != null);
    for (int done = 0; done < conversations.size(); done++) {
      conversation(account, conversations.get(done), archive, progress, done, conversations.size());
    }
    archive.end();
  }

  private void conversation(
      Account account, ConversationId id, Archive archive, Progress progress, int done, int total) {
    List<Entry.Stamped> held = List.of();
    int number = 0;
    long after = 0;
    // Whoever writes on must not keep this from ending.
    long end = Long.MAX_VALUE;
    while (after < end
        && messages.after(account.id(), id, after, Limits.EXPORT_PAGE)
            instanceof History.Page(List<Entry.Stamped> items, long lastSeq, _)
        && !items.isEmpty()) {
      progress.at(done, total);
      end = Math.min(end, lastSeq);
      after = items.getLast().stamp().seq();
      List<Entry.Stamped> seen = items.stream().filter(Entry.Authored.class::isInstance).toList();
      if (!seen.isEmpty() && !held.isEmpty()) {
        number++;
        page(id, number, false, held, archive);
      }
      held = seen.isEmpty() ? held : seen;
    }
    page(id, number + 1, true, held, archive);
  }

  private void page(
      ConversationId id, int number, boolean last, List<Entry.Stamped> entries, Archive archive) {
    archive.page(new Archive.Page(id, number, last, entries, accounts.byIds(named(entries))));
  }

  private static Set<UserId> named(List<Entry.Stamped> entries) {
    Set<UserId> named = new HashSet<>();
    for (Entry.Stamped entry : entries) {
      if (entry instanceof Entry.Authored authored) {
        named.add(authored.from());
      }
      if (entry instanceof Entry.Members members) {
        named.addAll(members.members());
      }
    }
    named.remove(UserId.NOBODY);
    return named;
  }
}
