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
import parley.messaging.message.Text;

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

  /// Writes all of it, or, where the archive takes only so much, a part: from `from` on, null for
  /// the beginning. Where the next part begins, null if this was the last.
  public @Nullable String write(
      Account account, Archive archive, @Nullable String from, Progress progress) {
    archive.begin(account, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    Mark rest = new Run(account, archive, progress, Mark.parse(from)).go();
    archive.end(rest == null);
    return rest == null ? null : rest.toString();
  }

  /// A conversation, and where the part of the person's items begins in which it is listed.
  private record Listed(ConversationId id, @Nullable String own) {}

  /// One writing, of a part or of everything.
  private final class Run {
    private final Account account;
    private final Archive archive;
    private final Progress progress;
    private final Mark from;
    private final List<Listed> talks = new ArrayList<>();
    private int done;
    private int total;

    Run(Account account, Archive archive, Progress progress, Mark from) {
      this.account = account;
      this.archive = archive;
      this.progress = progress;
      this.from = from;
      this.done = from.done();
      this.total = from.total();
    }

    @Nullable Mark go() {
      if (from.isListed()) {
        list(from.own());
      } else {
        Mark rest = held();
        if (rest != null) {
          return rest;
        }
        if (from.own() != null) {
          // Those before were listed by whoever wrote the part before.
          talks.clear();
          list(null);
        }
      }
      boolean first = true;
      for (Listed talk : talks) {
        if (from.isBefore(talk.id())) {
          continue;
        }
        if (!first && archive.isFull()) {
          return new Mark(true, talk.own(), done, total, talk.id(), 0, 0);
        }
        first = false;
        Mark rest = conversation(talk);
        if (rest != null) {
          return rest;
        }
        done++;
      }
      return null;
    }

    /// What is stored under the person's id.
    private @Nullable Mark held() {
      String at = from.own();
      do {
        OwnItems.Part part = own.part(account.id(), at);
        archive.held(part.items());
        listed(part, at);
        total += part.conversations().size();
        progress.at(0, total);
        at = part.next();
        if (at != null && archive.isFull()) {
          return new Mark(false, at, 0, total, null, 0, 0);
        }
      } while (at != null);
      return null;
    }

    private void list(@Nullable String begin) {
      String at = begin;
      do {
        OwnItems.Part part = own.part(account.id(), at);
        listed(part, at);
        at = part.next();
      } while (at != null);
    }

    private void listed(OwnItems.Part part, @Nullable String at) {
      part.conversations().forEach(id -> talks.add(new Listed(id, at)));
    }

    private @Nullable Mark conversation(Listed talk) {
      ConversationId id = talk.id();
      boolean begun = id.equals(from.id());
      List<Entry.Stamped> held = List.of();
      int number = begun ? from.pages() : 0;
      long after = begun ? from.after() : 0;
      // Whoever writes on must not keep this from ending.
      long end = Long.MAX_VALUE;
      while (after < end
          && messages.after(account.id(), id, after, Limits.EXPORT_PAGE)
              instanceof History.Page(List<Entry.Stamped> items, long lastSeq, _)
          && !items.isEmpty()) {
        progress.at(done, total);
        end = Math.min(end, lastSeq);
        List<Entry.Stamped> taken = fitting(items);
        long before = after;
        after = taken.getLast().stamp().seq();
        List<Entry.Stamped> seen = taken.stream().filter(Entry.Authored.class::isInstance).toList();
        if (!seen.isEmpty() && !held.isEmpty()) {
          number++;
          page(id, number, false, held);
          if (archive.isFull()) {
            return new Mark(true, talk.own(), done, total, id, before, number);
          }
        }
        held = seen.isEmpty() ? held : seen;
      }
      page(id, number + 1, true, held);
      return null;
    }

    private void page(ConversationId id, int number, boolean last, List<Entry.Stamped> entries) {
      archive.page(new Archive.Page(id, number, last, entries, accounts.byIds(named(entries))));
    }
  }

  /// As many of these as one page takes, and at least one.
  private static List<Entry.Stamped> fitting(List<Entry.Stamped> items) {
    int chars = 0;
    for (int i = 0; i < items.size(); i++) {
      if (chars > Limits.EXPORT_PAGE_CHARS) {
        return items.subList(0, i);
      }
      chars += chars(items.get(i));
    }
    return items;
  }

  private static int chars(Entry.Stamped entry) {
    Text text = null;
    if (entry instanceof Entry.Message message) {
      text = message.text();
    } else if (entry instanceof Entry.Edit edit) {
      text = edit.text();
    }
    return text == null ? 0 : text.value().length();
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
