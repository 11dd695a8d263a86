package parley.messaging.message;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.conversation.ConversationStore;
import parley.messaging.message.Entry.Message;
import parley.messaging.message.Entry.Stamped;
import parley.messaging.message.Log.Consistency;

/// Use case: writing to conversations and reading them back.
public final class Messages {
  private final Log log;
  private final Tails tails;
  private final InstantSource clock;
  private final Cleared cleared;
  private final Vanishing vanishing;
  private final Sweeping sweeping;
  private final Appender appender;
  private final Appends listener;

  public Messages(
      Log log,
      ConversationStore conversations,
      Tails tails,
      InstantSource clock,
      Cleared cleared,
      Blocking blocking,
      Approaches approaches,
      Sweeping sweeping,
      Appends listener) {
    this.log = log;
    this.tails = tails;
    this.clock = clock;
    this.cleared = cleared;
    this.vanishing = sweeping.vanishing();
    this.sweeping = sweeping;
    this.listener = listener;
    this.appender = new Appender(log, conversations, tails, blocking, approaches, vanishing, clock);
  }

  /// Sends a message. The same client id sent again, with the same text, is the same message.
  public Written send(UserId from, ConversationId id, ClientId clientId, Text text) {
    return told(id, appender.append(from, id, clientId, new Draft.Say(text)));
  }

  /// Gives one of this person's own messages another text.
  public Written edit(UserId from, ConversationId id, ClientId clientId, long target, Text text) {
    return told(id, appender.append(from, id, clientId, new Draft.Amend(target, text)));
  }

  /// Takes the text of one of this person's own messages away. Its number stays.
  public Written unsend(UserId from, ConversationId id, ClientId clientId, long target) {
    return told(id, appender.append(from, id, clientId, new Draft.Withdraw(target)));
  }

  /// Lets messages from here on be kept for so many days, for everybody; 0 for ever.
  public Written retain(UserId from, ConversationId id, ClientId clientId, int days) {
    if (days > 0) {
      // Before there is anything to sweep: whoever dies in between has lost nothing.
      sweeping.wanted();
    }
    return told(id, appender.append(from, id, clientId, new Draft.Retain(days)));
  }

  private Written told(ConversationId id, Written outcome) {
    if (outcome instanceof Written.Stored(Entry.Authored entry)) {
      listener.appended(id, entry);
    }
    return outcome;
  }

  /// The newest messages, and what was said of how long they are kept.
  public History newest(UserId reader, ConversationId id, int limit) {
    Log.End end = endFor(reader, id, limit);
    if (end == null) {
      return new History.NoConversation();
    }
    long first = end.entries().isEmpty() ? 1 : end.entries().getFirst().seq();
    return messages(reader, id, end.entries(), first, limit, end.lastSeq());
  }

  /// The messages before entry `before`.
  public History before(UserId reader, ConversationId id, long before, int limit) {
    Long lastSeq = lastSeqFor(reader, id);
    return lastSeq == null
        ? new History.NoConversation()
        : messages(reader, id, List.of(), Math.min(before, lastSeq + 1), limit, lastSeq);
  }

  /// The messages up to entry `seq`, with everything that was acknowledged: for what must not be
  /// missed.
  public History upTo(UserId reader, ConversationId id, long seq, int limit) {
    Long lastSeq = lastSeqFor(reader, id);
    if (lastSeq == null) {
      return new History.NoConversation();
    }
    Log.End end = seq > lastSeq ? log.end(id, 1, Consistency.STRONG) : null;
    long newest = end == null ? lastSeq : end.lastSeq();
    long first = Math.min(seq, newest) + 1;
    return messages(reader, id, List.of(), first, limit, newest, Consistency.STRONG);
  }

  /// Everything that happened after entry `after`, messages or not, so that nobody misses an edit.
  public History after(UserId reader, ConversationId id, long after, int limit) {
    Long lastSeq = lastSeqFor(reader, id);
    if (lastSeq == null) {
      return new History.NoConversation();
    }
    long floor = cleared.upTo(reader, id);
    List<Entry> entries;
    long from = Math.max(after, floor);
    do {
      entries = log.after(id, from, limit, Consistency.EVENTUAL);
      if (entries.size() < limit && lastOf(entries, from) < lastSeq) {
        entries = log.after(id, from, limit, Consistency.STRONG);
      }
      from = lastOf(entries, from);
      // A page of nothing but unreadable entries would stop whoever catches up: look past it.
    } while (stamped(entries).isEmpty() && entries.size() == limit);
    long newest = entries.isEmpty() ? lastSeq : Math.max(lastSeq, from);
    List<Stamped> seen =
        stamped(entries).stream()
            .map(entry -> vanishing.seen(entry.seenBy(reader, floor)))
            .toList();
    return new History.Page(seen, newest, null);
  }

  /// A page of messages made of `newest` and of what lies before `first`, until it is full or the
  /// log begins, which for this reader is after what they deleted: entries of other kinds, those
  /// that are hidden from them, and what has vanished take numbers, and no places on the page.
  /// Where there is so much of these that it takes too long, the page is shorter.
  private History messages(
      UserId reader, ConversationId id, List<Entry> newest, long first, int limit, long lastSeq) {
    return messages(reader, id, newest, first, limit, lastSeq, Consistency.EVENTUAL);
  }

  private History messages(
      UserId reader,
      ConversationId id,
      List<Entry> newest,
      long first,
      int limit,
      long lastSeq,
      Consistency consistency) {
    long floor = cleared.upTo(reader, id);
    List<Stamped> page = new ArrayList<>(seen(reader, floor, newest));
    first = below(newest, first, floor);
    for (int looks = 0;
        looks < Limits.HISTORY_LOOKS && first > floor + 1 && page.size() < limit;
        looks++) {
      List<Entry> entries = log.before(id, first, limit - page.size(), consistency);
      if (entries.isEmpty()) {
        break;
      }
      page.addAll(0, seen(reader, floor, entries));
      first = below(entries, entries.getFirst().seq(), floor);
    }
    return new History.Page(page, lastSeq, first > floor + 1 ? first : null);
  }

  /// Number of the newest entry, or null where there is nothing for this reader.
  private @Nullable Long lastSeqFor(UserId reader, ConversationId id) {
    Tail tail = tails.peek(id);
    Tail.View view = tail == null ? null : tail.viewAsOf(clock.instant(), Limits.ACCOUNT_STALENESS);
    if (view != null && !view.lacksState() && view.members().contains(reader)) {
      return view.last().seq();
    }
    Log.End end = endFor(reader, id, 1);
    return end == null ? null : Long.valueOf(end.lastSeq());
  }

  /// The head and the newest entries in one read, or null where there is nothing for this reader.
  /// It may miss the last second, except for what this process knows of: whoever has just sent here
  /// sees it.
  private Log.@Nullable End endFor(UserId reader, ConversationId id, int limit) {
    Log.End end = log.end(id, limit, Consistency.EVENTUAL);
    if (end == null || end.lastSeq() < tails.lastSeq(id)) {
      end = log.end(id, limit, Consistency.STRONG);
    }
    return end != null && end.isAliveAt(clock.instant()) && membersOf(log, id, end).contains(reader)
        ? end
        : null;
  }

  /// Who is in the conversation of which `end` was read: by its head, or by the entry that changed
  /// it later.
  public static Set<UserId> membersOf(Log log, ConversationId id, Log.End end) {
    long stateSeq =
        end.entries().reversed().stream()
            .filter(Stamped.class::isInstance)
            .map(entry -> ((Stamped) entry).stamp().stateSeq())
            .findFirst()
            .orElse(0L);
    if (stateSeq <= end.head().stateSeq()) {
      return end.head().members();
    }
    if (log.entry(id, stateSeq) instanceof Entry.Members state) {
      return state.members();
    }
    throw new IllegalStateException(
        id + ": entry " + stateSeq + " should say who is in, and does not");
  }

  /// Before which entry to look on, where these are the oldest so far: what lies between is known
  /// to have vanished with the oldest of them, and is passed over.
  private long below(List<Entry> entries, long first, long floor) {
    if (entries.isEmpty() || !(entries.getFirst() instanceof Stamped oldest)) {
      return first;
    }
    if (vanishing.isOverForAll(oldest.at())) {
      return floor + 1;
    }
    return vanishing.isOverWithAllBefore(oldest)
        ? Math.min(first, oldest.stamp().keep().since() + 1)
        : first;
  }

  private List<Stamped> seen(UserId reader, long floor, List<Entry> entries) {
    return stamped(entries).stream()
        .filter(entry -> entry.seq() > floor && !entry.isHiddenFrom(reader))
        .filter(entry -> entry instanceof Message || entry instanceof Entry.Retention)
        .filter(entry -> !vanishing.isOverForAll(entry.at()))
        .map(entry -> vanishing.seen(entry.seenBy(reader, floor)))
        .filter(entry -> !(entry instanceof Entry.Other))
        .toList();
  }

  private static List<Stamped> stamped(List<Entry> entries) {
    return entries.stream().filter(Stamped.class::isInstance).map(Stamped.class::cast).toList();
  }

  private static long lastOf(List<Entry> entries, long otherwise) {
    return entries.isEmpty() ? otherwise : entries.getLast().seq();
  }
}
