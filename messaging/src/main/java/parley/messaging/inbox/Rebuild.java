package parley.messaging.inbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.InboxRow.Last;
import parley.messaging.inbox.InboxRow.Mark;
import parley.messaging.message.Entry;
import parley.messaging.message.Entry.Stamp;
import parley.messaging.message.Entry.Stamped;
import parley.messaging.message.Log;
import parley.messaging.message.Log.Consistency;
import parley.messaging.message.Messages;

/// Computes every inbox row from the logs and compares; where it is told to, repairs.
///
/// The way back from anything that the change stream could not carry: a longer outage than it keeps
/// records for, or a record that had to be set aside. It reads the whole table, and is run by an
/// operator, never by a request. A table in use may show rows that are behind for a moment.
public final class Rebuild {
  private final Log log;
  private final InboxStore inbox;
  private final Survey survey;

  public Rebuild(Log log, InboxStore inbox, Survey survey) {
    this.log = log;
    this.inbox = inbox;
    this.survey = survey;
  }

  /// What was looked at, and what is not as the logs say. Differences name keys and attributes,
  /// never text.
  public record Report(long conversations, long rows, List<String> differences, long repaired) {
    public Report {
      differences = List.copyOf(differences);
    }

    public boolean isClean() {
      return differences.isEmpty();
    }
  }

  /// Compares all rows with all logs. With `repair`, rows are then made as they should be.
  public Report run(boolean repair) {
    Run run = new Run(repair);
    survey.conversations(run::conversation, run.differences::add);
    survey.rows(run::row, run::alreadySaid);
    return new Report(run.seen.size(), run.rows, run.differences, run.repaired);
  }

  private final class Run {
    private final boolean repair;
    private final Set<ConversationId> seen = new HashSet<>();
    private final List<String> differences = new ArrayList<>();
    private long rows;
    private long repaired;

    Run(boolean repair) {
      this.repair = repair;
    }

    void conversation(ConversationId id) {
      if (!seen.add(id)) {
        return;
      }
      Log.End end = log.end(id, 1, Consistency.STRONG);
      if (end == null) {
        differences.add(id + ": entries without a head");
        return;
      }
      Set<UserId> members = Messages.membersOf(log, id, end);
      Ledger ledger = new Ledger(id, members);
      ledger.read();
      differences.addAll(ledger.faults);
      if (!ledger.fold.hasMessages()) {
        return;
      }
      if (end.head().expiresAt() != null) {
        different(id + ": the head has messages and would go by itself", () -> log.settle(id));
      }
      if (!members.equals(end.head().members())) {
        Entry.Members state = Objects.requireNonNull(ledger.fold.state());
        different(
            id + ": the head does not reflect entry " + state.seq(),
            () -> log.reflect(id, state.seq(), members));
      }
      for (UserId user : Projector.people(members)) {
        compare(ledger, new RowKey(user, id), members);
      }
    }

    private void compare(Ledger ledger, RowKey key, Set<UserId> members) {
      InboxRow actual = inbox.row(key);
      if (ledger.of(key.user()).last() == null) {
        // Nothing that they may see: a row of theirs, if there is one, shows no message.
        if (actual != null && actual.last() != null) {
          different(key + ": the row shows what is hidden", () -> inbox.remove(key));
        }
        return;
      }
      // What its person decided is not in the log, and is believed.
      Choice choice = actual == null ? Choice.NONE : actual.choice();
      InboxRow expected = ledger.expected(key, members, choice);
      String difference = difference(expected, actual);
      if (difference != null) {
        different(key + ": " + difference, () -> inbox.repair(expected));
      }
    }

    void row(InboxRow row) {
      rows++;
      ConversationId id = row.key().conversation();
      Log.End end = log.end(id, 1, Consistency.STRONG);
      if (end == null || !Messages.membersOf(log, id, end).contains(row.key().user())) {
        different(
            row.key() + ": a row of a conversation that this person is not in",
            () -> inbox.remove(row.key()));
      } else if (row.read().seq() > end.lastSeq()) {
        differences.add(row.key() + ": read beyond the end of the log");
      }
    }

    /// Items of conversations were told of on the first walk.
    void alreadySaid(String unreadable) {
      if (!differences.contains(unreadable)) {
        differences.add(unreadable);
      }
    }

    private void different(String what, Runnable mend) {
      differences.add(what);
      if (repair) {
        mend.run();
        repaired++;
      }
    }
  }

  /// How `actual` is not as `expected`, null where it is. What the reader wrote is the reader's.
  private static @Nullable String difference(InboxRow expected, @Nullable InboxRow actual) {
    if (actual == null) {
      return "the row is missing";
    }
    List<String> wrong = new ArrayList<>();
    Last want = Objects.requireNonNull(expected.last());
    Last have = actual.last();
    if (have == null || have.seq() != want.seq() || have.n() != want.n()) {
      wrong.add("newest message");
    } else {
      check(wrong, "time", want.at(), have.at());
      check(wrong, "sender", want.from(), have.from());
      if (!want.vanished() && !have.vanished()) {
        // A sweep takes the words of what has vanished from log and row one after the other.
        check(wrong, "preview", want.preview(), have.preview());
      }
      check(wrong, "days", want.days(), have.days());
      check(wrong, "revision", want.rev(), have.rev());
    }
    check(wrong, "own mark", expected.own(), actual.own());
    if (expected.peer() != null) {
      // A row keeps its peer when the peer has left.
      check(wrong, "peer", expected.peer(), actual.peer());
    }
    check(wrong, "place", expected.place(), actual.place());
    check(wrong, "setting", expected.setting(), actual.setting());
    return wrong.isEmpty() ? null : "not as the log says: " + String.join(", ", wrong);
  }

  private static void check(
      List<String> wrong, String what, @Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      wrong.add(what);
    }
  }

  /// One whole log, folded, with what is wrong in the log itself.
  private final class Ledger {
    private final ConversationId id;
    private final Fold fold = new Fold();
    private final Map<UserId, Fold> folds = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private Stamp last = Stamp.START;

    Ledger(ConversationId id, Set<UserId> members) {
      this.id = id;
      members.forEach(member -> folds.put(member, new Fold(member)));
    }

    /// What this member sees.
    Fold of(UserId member) {
      return Objects.requireNonNull(folds.get(member));
    }

    void read() {
      List<Entry> entries;
      do {
        entries = log.after(id, last.seq(), Limits.TAIL_EXTENSION, Consistency.STRONG);
        entries.forEach(this::add);
      } while (entries.size() == Limits.TAIL_EXTENSION);
    }

    private void add(Entry entry) {
      if (entry.seq() != last.seq() + 1) {
        faults.add(id + ": no entry between " + last.seq() + " and " + entry.seq());
      }
      if (!(entry instanceof Stamped stamped)) {
        faults.add(id + "/" + entry.seq() + ": " + entry);
        last = last.unread(entry.seq());
        return;
      }
      if (stamped.at().isBefore(last.at())) {
        faults.add(id + "/" + entry.seq() + ": earlier than the entry before it");
      }
      last = stamped.stamp();
      fold.add(entry);
      folds.values().forEach(one -> one.add(entry));
    }

    InboxRow expected(RowKey key, Set<UserId> members, Choice choice) {
      return Rebuild.expected(key, of(key.user()), members, choice);
    }
  }

  /// The row as the whole log has it, folded for its person, and as they chose. What they have read
  /// is theirs to say.
  static InboxRow expected(RowKey key, Fold seen, Set<UserId> members, Choice choice) {
    Mark mark = seen.own(key.user());
    Mark own = mark == null ? Mark.NONE : mark;
    return new InboxRow(
        key,
        Projector.peer(key.user(), members),
        seen.last(),
        Mark.NONE,
        own,
        InboxRow.placeOf(key, seen.last(), own, choice, seen.movedAt()),
        choice,
        Objects.requireNonNullElse(seen.setting(), InboxRow.Setting.NONE));
  }
}
