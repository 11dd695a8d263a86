package parley.messaging.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.RowKey;
import parley.messaging.message.Entry.Authored;
import parley.messaging.message.Entry.Edit;
import parley.messaging.message.Entry.Message;
import parley.messaging.message.Text;

/// What this process has heard lately: entries, for the rows that come to show them, and rows of
/// people who are connected here.
final class News {
  private static final Duration KEPT = Duration.ofMinutes(2);

  /// Entries in memory, by what they weigh: about 32 MB.
  private static final long ENTRIES_BYTES = 32L * 1024 * 1024;

  /// What an entry weighs besides its text.
  private static final int ENTRY_BYTES = 300;

  private static final int ROWS = 50_000;

  /// Entries that one row may bring: whoever is further behind finds a gap, and asks the log.
  private static final int ENTRIES_OF_A_ROW = 256;

  private record Name(ConversationId conversation, long seq) {}

  /// An entry, and when this process heard of it, by its own clock.
  record Heard(Authored entry, Instant at) {}

  private final Cache<Name, Heard> entries =
      Caffeine.newBuilder()
          .maximumWeight(ENTRIES_BYTES)
          .weigher((Name _, Heard heard) -> weight(heard.entry()))
          .expireAfterWrite(KEPT)
          .build();

  private final Cache<RowKey, InboxRow> rows =
      Caffeine.newBuilder().maximumSize(ROWS).expireAfterAccess(KEPT).build();

  private static int weight(Authored entry) {
    Text text =
        switch (entry) {
          case Message message -> message.text();
          case Edit edit -> edit.text();
          default -> null;
        };
    return ENTRY_BYTES + (text == null ? 0 : 2 * text.value().length());
  }

  void heard(ConversationId id, Authored entry, Instant now) {
    entries.put(new Name(id, entry.seq()), new Heard(entry, now));
  }

  /// The entries up to what the row shows, in order, as far back as none is missing.
  List<Heard> upTo(InboxRow row) {
    List<Heard> found = new ArrayList<>();
    Last last = row.last();
    if (last == null) {
      return found;
    }
    long newest = Math.max(Math.max(last.seq(), last.rev()), row.setting().seq());
    for (long seq = newest; seq > 0 && found.size() < ENTRIES_OF_A_ROW; seq--) {
      Heard entry = entries.getIfPresent(new Name(row.key().conversation(), seq));
      if (entry == null && seq <= last.seq()) {
        break;
      }
      if (entry != null) {
        found.addFirst(entry);
      }
    }
    return found;
  }

  @Nullable InboxRow row(RowKey key) {
    return rows.getIfPresent(key);
  }

  /// Takes note of a row; what is known with it, each part from where it is newest.
  InboxRow learn(InboxRow row) {
    return rows.asMap().merge(row.key(), row, InboxRow::newestOf);
  }
}
