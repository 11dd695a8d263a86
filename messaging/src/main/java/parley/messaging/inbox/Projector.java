package parley.messaging.inbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.inbox.InboxRow.Setting;
import parley.messaging.inbox.InboxStore.Advance;
import parley.messaging.inbox.InboxStore.Advanced;
import parley.messaging.inbox.InboxStore.Guard;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Stamped;
import parley.messaging.message.Log;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Log.Rewritten;
import parley.messaging.message.Messages;

/// Makes inbox rows, folded messages and heads follow the logs.
///
/// It may be given any entries, in any order, any number of times, by any number of processes: a
/// row takes a run of messages only where the run joins on without a gap, and else it is brought up
/// to date from the log itself. So every order of delivery ends in the same rows.
public final class Projector {
  private static final int CONVERSATIONS = 50_000;
  private static final int ATTEMPTS = 8;

  private record State(long stateSeq, Set<UserId> members) {}

  private final Log log;
  private final InboxStore inbox;
  private final SideBySide people;
  private final Cache<ConversationId, State> states =
      Caffeine.newBuilder().maximumSize(CONVERSATIONS).build();

  /// One row after the other: where many conversations wait, they are what goes side by side.
  public Projector(Log log, InboxStore inbox) {
    this(log, inbox, SideBySide.IN_TURN);
  }

  /// @param people how the rows of a conversation are worked on
  public Projector(Log log, InboxStore inbox, SideBySide people) {
    this.log = log;
    this.inbox = inbox;
    this.people = people;
  }

  /// An entry of a conversation, as the change stream tells of it.
  public record Change(ConversationId conversation, Entry entry) {}

  /// An entry that could not be projected, whatever was tried, and why. The cause holds no text.
  public record Poison(ConversationId conversation, long seq, String cause) {}

  /// What became of entries of one conversation: those that have to be set aside, and the rows as
  /// they stand after the others, by person. A row that another process has brought further stands
  /// there as that left it.
  public record Projected(List<Poison> poison, Map<UserId, InboxRow> rows) {}

  /// The changes by conversation: what one call of [#project] takes.
  public static Map<ConversationId, List<Entry>> byConversation(List<Change> changes) {
    Map<ConversationId, List<Entry>> groups = new LinkedHashMap<>();
    for (Change change : changes) {
      groups.computeIfAbsent(change.conversation(), _ -> new ArrayList<>()).add(change.entry());
    }
    return groups;
  }

  /// Projects entries of one conversation. Returns those that have to be set aside; faults that
  /// pass ([StoreUnavailable]) are thrown, and the same entries may be given again.
  public List<Poison> project(ConversationId id, List<Entry> entries) {
    return projected(id, entries).poison();
  }

  /// The same, for whoever tells people at once: with the rows, which cost nothing more to know.
  public Projected projected(ConversationId id, List<Entry> entries) {
    List<Poison> poison = new ArrayList<>();
    Map<UserId, InboxRow> rows = new LinkedHashMap<>();
    List<Entry> sound = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Unreadable(long seq, String cause)) {
        poison.add(new Poison(id, seq, cause));
      } else {
        sound.add(entry);
      }
    }
    sound.sort(Comparator.comparingLong(Entry::seq));
    try {
      fold(id, sound, rows);
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      // Not a fault that passes: trying for ever would hold up everybody else's inbox.
      String cause = e.getClass().getSimpleName() + ": " + e.getMessage();
      sound.forEach(entry -> poison.add(new Poison(id, entry.seq(), cause)));
    }
    return new Projected(poison, rows);
  }

  private void fold(ConversationId id, List<Entry> entries, Map<UserId, InboxRow> rows) {
    if (entries.isEmpty()) {
      return;
    }
    Fold fold = new Fold();
    entries.forEach(fold::add);
    fold.changes().forEach((target, to) -> rewrite(id, target, to));
    entries.forEach(entry -> rewriteAside(id, entry));
    Entry.Members state = fold.state();
    if (state != null) {
      log.reflect(id, state.seq(), state.members());
      fold.left().forEach(user -> inbox.remove(new RowKey(user, id)));
    }
    long stateSeq = ((Stamped) entries.getLast()).stamp().stateSeq();
    boolean hides = entries.stream().anyMatch(Projector::isHidden);
    if (fold.hasMessages()) {
      boolean begins = fold.firstN() == 1;
      // A row is made only after a look at who is in: a replay must not bring back a row of
      // somebody who has left since.
      Set<UserId> members = begins ? lookAtMembers(id) : members(id, stateSeq);
      rows.putAll(
          people.each(
              people(members),
              user -> show(new RowKey(user, id), members, hides ? seenBy(user, entries) : fold)));
      if (begins) {
        log.settle(id);
      }
    } else if (hides || fold.changes().values().stream().anyMatch(Fold.Change::ofNewest)) {
      rows.putAll(
          people.each(
              people(members(id, stateSeq)),
              user -> show(new RowKey(user, id), Set.of(), hides ? seenBy(user, entries) : fold)));
    }
    if (entries.stream().anyMatch(Entry.Retention.class::isInstance)) {
      rows.putAll(
          people.each(
              people(members(id, stateSeq)),
              user -> {
                Setting setting = (hides ? seenBy(user, entries) : fold).setting();
                return setting == null ? null : retain(new RowKey(user, id), setting);
              }));
    }
  }

  private static boolean isHidden(Entry entry) {
    return entry instanceof Stamped stamped && !stamped.stamp().hiddenFrom().isEmpty();
  }

  private static Fold seenBy(UserId user, List<Entry> entries) {
    Fold fold = new Fold(user);
    entries.forEach(fold::add);
    return fold;
  }

  /// Lets a row show what was folded for its person.
  private @Nullable InboxRow show(RowKey key, Set<UserId> members, Fold fold) {
    if (fold.hasMessages()) {
      InboxRow row = advance(key, members, fold, fold.firstN() == 1);
      return fold.runsAhead() ? catchUp(key) : row;
    }
    InboxRow row = null;
    for (Map.Entry<Long, Fold.Change> change : fold.changes().entrySet()) {
      InboxRow amended = amend(key, change.getKey(), change.getValue());
      row = amended == null ? row : amended;
    }
    return row;
  }

  /// Lets a message follow its edits and its unsend. Nothing of one that was unsent is kept, so its
  /// edits lose their texts too, in whatever order they and the unsend come by.
  private void rewrite(ConversationId id, long target, Fold.Change to) {
    blankIfUnsent(id, log.rewrite(id, target, to.text(), to.rev(), to.edits()), to.edits());
  }

  /// Lets a message follow an edit that others do not see.
  private void rewriteAside(ConversationId id, Entry entry) {
    if (entry instanceof Entry.Edit edit && edit.aside() && edit.text() != null) {
      blankIfUnsent(
          id, log.rewriteAside(id, edit.target(), edit.text(), edit.seq()), Set.of(edit.seq()));
    }
  }

  private void blankIfUnsent(ConversationId id, @Nullable Rewritten message, Set<Long> more) {
    if (message != null && message.unsent()) {
      Set<Long> edits = new TreeSet<>(message.edits());
      edits.addAll(more);
      edits.forEach(seq -> log.blank(id, seq));
    }
  }

  /// The row as it stands then; null where there is none, as of the next ones.
  private @Nullable InboxRow advance(RowKey key, Set<UserId> members, Fold fold, boolean begins) {
    Last last = fold.last();
    if (last == null) {
      return null;
    }
    if (!fold.isWithoutGap()) {
      return catchUp(key);
    }
    Guard guard = begins ? new Guard.First() : new Guard.Continues(fold.firstN());
    // A row that is made follows the rule, and one that is in the inbox stays there.
    Mark own = fold.own(key.user());
    Place place =
        begins
            ? InboxRow.placeOf(
                key, last, own == null ? Mark.NONE : own, Choice.NONE, fold.movedAt())
            : new Place(Place.INBOX, fold.movedAt(), key.conversation());
    Advance advance = new Advance(peer(key.user(), members), last, own, place);
    return switch (inbox.advance(key, advance, guard)) {
      case Advanced.Done(InboxRow row) -> row;
      case Advanced.Refused(InboxRow row) -> {
        Last shown = row == null ? null : row.last();
        if (shown == null || shown.seq() < last.seq()) {
          // Mostly a row outside the inbox, whose place follows from what its person chose too.
          InboxRow advanced = row == null || !joins(row, fold) ? null : advance(row, members, fold);
          yield advanced == null ? catchUp(key) : advanced;
        }
        yield shown.seq() == last.seq() && shown.rev() < last.rev()
            ? now(inbox.amend(key, last.seq(), last.preview(), last.rev()))
            : row;
      }
    };
  }

  /// Whether no message is missing between what a row shows and the first one of a run.
  private static boolean joins(InboxRow row, Fold fold) {
    return (row.last() == null ? 0 : row.last().n()) >= fold.firstN() - 1;
  }

  /// Brings a row that was read up to what was folded; null where it has changed since.
  private @Nullable InboxRow advance(InboxRow row, Set<UserId> members, Fold fold) {
    RowKey key = row.key();
    Last last = Objects.requireNonNull(fold.last());
    Mark own = fold.own(key.user());
    Mark owned = own == null ? row.own() : own;
    Place place = InboxRow.placeOf(key, last, owned, row.choice(), fold.movedAt());
    Advance advance = new Advance(peer(key.user(), members), last, own, place);
    return inbox.advance(key, advance, new Guard.Unchanged(row))
            instanceof Advanced.Done(InboxRow advanced)
        ? advanced
        : null;
  }

  private @Nullable InboxRow amend(RowKey key, long target, Fold.Change to) {
    if (!to.ofNewest()) {
      return null;
    }
    String preview = to.text() == null ? null : to.text().preview();
    Advanced advanced = inbox.amend(key, target, preview, to.rev());
    if (advanced instanceof Advanced.Refused(InboxRow row)
        && (row == null || row.last() == null || row.last().seq() < target)) {
      // The message itself has not been projected here yet.
      return catchUp(key);
    }
    return now(advanced);
  }

  /// Lets a row say for how long messages are kept.
  private @Nullable InboxRow retain(RowKey key, Setting setting) {
    Advanced advanced = inbox.retain(key, setting);
    if (advanced instanceof Advanced.Refused(InboxRow row) && (row == null || row.last() == null)) {
      // No message has been projected here yet.
      return catchUp(key);
    }
    return now(advanced);
  }

  private static @Nullable InboxRow now(Advanced advanced) {
    return switch (advanced) {
      case Advanced.Done(InboxRow row) -> row;
      case Advanced.Refused(InboxRow row) -> row;
    };
  }

  /// Brings one row up to date from the log: for whatever does not join on.
  @Nullable InboxRow catchUp(RowKey key) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Set<UserId> members = lookAtMembers(key.conversation());
      if (!members.contains(key.user())) {
        return null;
      }
      InboxRow row = inbox.row(key);
      Last shown = row == null ? null : row.last();
      Fold missed = foldAfter(key, shown == null ? 0 : shown.seq());
      Last last = missed.last();
      if (last == null) {
        Fold.Change change = shown == null ? null : missed.changes().get(shown.seq());
        if (shown != null && change != null && change.rev() > shown.rev()) {
          String preview = change.text() == null ? null : change.text().preview();
          row = now(inbox.amend(key, shown.seq(), preview, change.rev()));
        }
        return withSetting(row, missed);
      }
      InboxRow from = row == null ? InboxRow.none(key) : row;
      InboxRow advanced = advance(from, members, missed);
      if (advanced != null) {
        return withSetting(advanced, missed);
      }
    }
    throw new StoreUnavailable(
        "an inbox row changed under every one of " + ATTEMPTS + " attempts to project it",
        new IllegalStateException(key.conversation().value()));
  }

  private @Nullable InboxRow withSetting(@Nullable InboxRow row, Fold missed) {
    Setting setting = missed.setting();
    return row == null || setting == null || row.setting().seq() >= setting.seq()
        ? row
        : now(inbox.retain(row.key(), setting));
  }

  private Fold foldAfter(RowKey key, long seq) {
    Fold fold = new Fold(key.user());
    List<Entry> entries;
    do {
      entries = log.after(key.conversation(), seq, Limits.TAIL_EXTENSION, Consistency.STRONG);
      for (Entry entry : entries) {
        fold.add(entry);
        seq = entry.seq();
      }
    } while (entries.size() == Limits.TAIL_EXTENSION);
    return fold;
  }

  /// Who is in as of this state, from memory where that is not older.
  public Set<UserId> members(ConversationId id, long stateSeq) {
    State known = states.getIfPresent(id);
    return known != null && known.stateSeq() >= stateSeq ? known.members() : lookAtMembers(id);
  }

  /// Who is in, strongly consistent. Nobody, where the conversation is gone.
  private Set<UserId> lookAtMembers(ConversationId id) {
    Log.End end = log.end(id, 1, Consistency.STRONG);
    if (end == null) {
      return Set.of();
    }
    Set<UserId> members = Messages.membersOf(log, id, end);
    long stateSeq = end.head().stateSeq();
    if (!end.entries().isEmpty() && end.entries().getLast() instanceof Stamped newest) {
      stateSeq = Math.max(stateSeq, newest.stamp().stateSeq());
    }
    states.put(id, new State(stateSeq, members));
    return members;
  }

  /// Those of them who have an inbox: nobody stands where somebody was whose account is gone.
  static Set<UserId> people(Set<UserId> members) {
    return members.stream()
        .filter(member -> !member.equals(UserId.NOBODY))
        .collect(Collectors.toUnmodifiableSet());
  }

  static @Nullable UserId peer(UserId user, Set<UserId> members) {
    return members.size() == 2
        ? members.stream().filter(member -> !member.equals(user)).findFirst().orElse(null)
        : null;
  }
}
