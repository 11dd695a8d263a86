package parley.messaging.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
      Ledger ledger = new Ledger(id);
      ledger.read();
      differences.addAll(ledger.faults);
      Set<UserId> members = Messages.membersOf(log, id, end);
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
        compare(ledger.expected(user, members));
      }
    }

    private void compare(InboxRow expected) {
      InboxRow actual = inbox.row(expected.key());
      String difference = difference(expected, actual);
      if (difference != null) {
        different(
            expected.key() + ": " + difference, () -> inbox.repair(inFolder(expected, actual)));
      }
    }

    /// A row that is in a folder stays in it: which one is the reader's choice.
    private static InboxRow inFolder(InboxRow expected, @Nullable InboxRow actual) {
      Place place = actual == null ? null : actual.place();
      Place wanted = Objects.requireNonNull(expected.place());
      return new InboxRow(
          expected.key(),
          expected.peer(),
          expected.last(),
          expected.read(),
          expected.own(),
          place == null
              ? wanted
              : new Place(place.folder(), wanted.movedAt(), wanted.conversation()));
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

  /// How `actual` is not as `expected`, null where it is. What the reader wrote is the reader's;
  /// what folder a row is in is theirs too.
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
      check(wrong, "preview", want.preview(), have.preview());
      check(wrong, "revision", want.rev(), have.rev());
    }
    check(wrong, "own mark", expected.own(), actual.own());
    if (expected.peer() != null) {
      // A row keeps its peer when the peer has left.
      check(wrong, "peer", expected.peer(), actual.peer());
    }
    Place place = actual.place();
    if (place == null) {
      check(wrong, "place", expected.place(), null);
    } else {
      check(wrong, "place", Objects.requireNonNull(expected.place()).movedAt(), place.movedAt());
    }
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
    private final List<String> faults = new ArrayList<>();
    private Stamp last = Stamp.START;

    Ledger(ConversationId id) {
      this.id = id;
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
        last = new Stamp(entry.seq(), last.at(), last.n(), last.stateSeq(), last.movedAt());
        return;
      }
      if (stamped.at().isBefore(last.at())) {
        faults.add(id + "/" + entry.seq() + ": earlier than the entry before it");
      }
      last = stamped.stamp();
      fold.add(entry);
    }

    InboxRow expected(UserId user, Set<UserId> members) {
      return Rebuild.expected(id, fold, user, members);
    }
  }

  /// The row of this person as the whole log has it. What they have read is theirs to say.
  static InboxRow expected(ConversationId id, Fold fold, UserId user, Set<UserId> members) {
    Instant movedAt = fold.movedAt();
    Mark mark = fold.own(user);
    return new InboxRow(
        new RowKey(user, id),
        Projector.peer(user, members),
        fold.last(),
        Mark.NONE,
        mark == null ? Mark.NONE : mark,
        new Place(Place.INBOX, movedAt, id));
  }
}
