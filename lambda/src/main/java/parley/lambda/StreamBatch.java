package parley.lambda;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.event.Tidings;
import parley.messaging.inbox.Projector;
import parley.messaging.inbox.Projector.Poison;
import parley.messaging.inbox.Projector.Projected;
import parley.messaging.inbox.SideBySide;
import parley.messaging.message.Entry;
import parley.store.StreamDecoder.Decoded;

/// One batch of the change stream: projected conversation by conversation, some side by side, and
/// made into what people are to hear.
///
/// Whatever fails is reported by its place, and comes again; all the rest of the batch is done. The
/// mapping cuts the batch until a record that fails for good stands alone, and puts that aside.
final class StreamBatch {
  private static final System.Logger LOG = System.getLogger(StreamBatch.class.getName());

  /// Conversations, and rows of one, worked on at the same time: enough to hide round trips.
  private static final int PROJECTIONS_AT_ONCE = 8;

  /// Threads of the system, and not virtual ones: such a thread is woken by another when its socket
  /// has something to read, and a function with a part of a processor waits for both in turn.
  static final SideBySide SIDE_BY_SIDE = new SideBySide(helpers());

  /// How long such a thread waits for the next batch.
  private static final long IDLE_S = 60;

  private final Projector projector;
  private final List<StreamRecord> records;
  private final Tidings tidings = new Tidings();

  /// The entries of a conversation, and where they stand in the batch.
  private static final class Group {
    final List<Entry> entries = new ArrayList<>();
    final List<Integer> places = new ArrayList<>();
  }

  private final Map<ConversationId, Group> groups = new LinkedHashMap<>();
  private final Set<UserId> accounts = new HashSet<>();
  private final TreeSet<Integer> failed = new TreeSet<>();

  /// What waits for them is a batch's, so it has the bound of a batch.
  private static Executor helpers() {
    ThreadPoolExecutor helpers =
        new ThreadPoolExecutor(
            PROJECTIONS_AT_ONCE - 1,
            PROJECTIONS_AT_ONCE - 1,
            IDLE_S,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> Thread.ofPlatform().name("projection").daemon().unstarted(task));
    helpers.allowCoreThreadTimeOut(true);
    return helpers;
  }

  StreamBatch(Projector projector, List<StreamRecord> records) {
    this.projector = projector;
    this.records = records;
  }

  /// What became of it: places that failed, by their sequence numbers, the lowest first; entries
  /// that came, and conversations that took them; whose accounts changed; what people are to hear.
  record Done(
      List<String> failed, int entries, int conversations, Set<UserId> accounts, Tidings tidings) {}

  Done run() {
    for (int place = 0; place < records.size(); place++) {
      take(place, records.get(place).decoded());
    }
    int entries = groups.values().stream().mapToInt(group -> group.entries.size()).sum();
    if (!groups.isEmpty()) {
      project();
    }
    return new Done(
        failed.stream().map(place -> records.get(place).position()).toList(),
        entries,
        groups.size(),
        accounts,
        tidings);
  }

  private void take(int place, Decoded decoded) {
    switch (decoded) {
      case Decoded.Appended(Projector.Change(var id, var entry)) -> {
        Group group = groups.computeIfAbsent(id, _ -> new Group());
        group.entries.add(entry);
        group.places.add(place);
      }
      case Decoded.RowChanged(var row, var byReader) -> {
        if (byReader) {
          tidings.marked(row);
        }
      }
      case Decoded.AccountChanged(var user, var account) -> {
        accounts.add(user);
        if (account != null) {
          tidings.changed(account);
        }
      }
      case Decoded.SessionEnded(var session) -> tidings.ended(session);
      case Decoded.Broken(String cause) -> fail(place, cause);
      case Decoded.BlockChanged(var blocker, var other, var isThere) ->
          tidings.blocked(blocker, other, isThere);
      case Decoded.Nothing() -> {
        // The mapping's filters let few of these through.
      }
    }
  }

  private void fail(int place, String cause) {
    failed.add(place);
    LOG.log(
        ERROR,
        "A record of the change stream cannot be projected: {0}: {1}. It comes again, and ends in"
            + " the queue of those that were given up.",
        records.get(place).position(),
        cause);
  }

  private void project() {
    SIDE_BY_SIDE
        .begun(
            groups.entrySet(),
            group -> projector.projected(group.getKey(), group.getValue().entries))
        .forEach((group, running) -> finish(group.getKey(), group.getValue(), running));
  }

  private void finish(ConversationId id, Group group, Future<Projected> running) {
    try {
      Projected projected = running.get();
      projected.poison().forEach(poison -> fail(id, group, poison));
      tell(id, group, projected);
    } catch (ExecutionException e) {
      // A table that does not answer, mostly. All of this conversation comes again.
      failed.addAll(group.places);
      LOG.log(
          WARNING,
          "A conversation could not be projected just now: {0}. Its records come again.",
          String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed.addAll(group.places);
    }
  }

  private void fail(ConversationId id, Group group, Poison poison) {
    for (int i = 0; i < group.entries.size(); i++) {
      if (group.entries.get(i).seq() == poison.seq()) {
        fail(group.places.get(i), "entry " + id + "/" + poison.seq() + ": " + poison.cause());
      }
    }
  }

  private void tell(ConversationId id, Group group, Projected projected) {
    Set<UserId> members = projected.rows().keySet();
    if (members.isEmpty()) {
      // No row had to change, as for an edit of an older message.
      members = members(id, group.entries);
    }
    tidings.projected(id, group.entries, members, projected.rows());
  }

  private Set<UserId> members(ConversationId id, List<Entry> entries) {
    long stateSeq =
        entries.stream()
            .filter(Entry.Authored.class::isInstance)
            .mapToLong(entry -> ((Entry.Authored) entry).stamp().stateSeq())
            .max()
            .orElse(-1);
    try {
      return stateSeq < 0 ? Set.of() : projector.members(id, stateSeq);
    } catch (StoreUnavailable e) {
      // They hear of it with the next message.
      return Set.of();
    }
  }
}
