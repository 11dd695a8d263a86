package parley.messaging.erasure;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.PersonalData.Piece;
import parley.messaging.export.ExportShelf;
import parley.messaging.message.Log;

/// Carries erasures out, a bounded piece at a time: whoever calls [#work] again and again, in
/// whatever process, however often it was killed, comes to the end of them all.
public final class Eraser {
  /// What a receipt calls archives of the person.
  private static final String ARCHIVE = "archive for the person";

  /// How long after a stream that was not read to its end it is looked at again.
  private static final Duration DRAINED_AGAIN = Duration.ofSeconds(2);

  private final ErasureJobs jobs;
  private final PersonalData data;
  private final ReceiptStore receipts;
  private final ErasureLedger ledger;
  private final ExportShelf archives;
  private final Receipts writer;
  private final Departures departures;
  private final BooleanSupplier drained;
  private final InstantSource clock;
  private final SecureRandom random;

  /// `drained` says whether all that was in the change stream a moment ago has been projected, as
  /// far as this process can know.
  public Eraser(
      ErasureJobs jobs,
      PersonalData data,
      ReceiptStore receipts,
      ErasureLedger ledger,
      ExportShelf archives,
      Receipts writer,
      Log log,
      BooleanSupplier drained,
      InstantSource clock,
      SecureRandom random) {
    this.jobs = jobs;
    this.data = data;
    this.receipts = receipts;
    this.ledger = ledger;
    this.archives = archives;
    this.writer = writer;
    this.departures = new Departures(log, clock);
    this.drained = drained;
    this.clock = clock;
    this.random = random;
  }

  /// Does one piece of the first erasure that can go on; false if there is none now.
  public boolean work() {
    Instant now = now();
    for (Erasure job : jobs.due(now, Limits.ERASURES_LOOKED_AT)) {
      if (job.nextAt().isAfter(now)) {
        continue;
      }
      Erasure mine = jobs.move(job.taken(now.plus(Limits.ERASURE_LEASE)));
      if (mine != null) {
        goOn(mine);
        return true;
      }
    }
    return false;
  }

  private void goOn(Erasure job) {
    switch (job.step()) {
      case CLOSE -> close(job);
      case CONVERSATIONS -> conversation(job);
      case OWN -> {
        if (!data.conversations(job.user(), 1).isEmpty()) {
          // Rows that were projected late lead back to their conversations.
          move(job.to(Step.CONVERSATIONS, now()));
          return;
        }
        Piece piece = data.own(job.user());
        Erasure done = job.plus(piece.removed());
        move(
            piece.next() == null
                ? withoutArchives(done).to(Step.SWEEP, now())
                : done.on(piece.next(), now()));
      }
      case SWEEP -> {
        Erasure done = swept(job);
        move(
            done.cursor() == null
                ? done.to(Step.LAST_SWEEP, now().plus(Limits.ERASURE_LAST_SWEEP_AFTER))
                : done);
      }
      case LAST_SWEEP -> {
        Erasure done = swept(job);
        if (done.cursor() != null) {
          move(done);
        } else if (done.found() > 0) {
          move(done.to(Step.LAST_SWEEP, now().plus(Limits.ERASURE_SETTLES)));
        } else {
          finish(done);
        }
      }
    }
  }

  private void close(Erasure job) {
    if (!data.close(job.user(), job.dueAt())) {
      // Taken back: the account speaks of no erasure, or of another one.
      jobs.remove(job);
      receipts.forget(job.claim().place());
      return;
    }
    ledger.add(job.user());
    move(job.to(Step.CONVERSATIONS, now().plus(Limits.ERASURE_SETTLES)));
  }

  private void conversation(Erasure job) {
    if (job.cursor() == null && !drained.getAsBoolean()) {
      move(job.on(null, now().plus(DRAINED_AGAIN)));
      return;
    }
    At at = At.parse(job.cursor());
    ConversationId id = at != null ? at.id() : first(data.conversations(job.user(), 1));
    if (id == null) {
      move(job.to(Step.OWN, now()));
      return;
    }
    long departed = departures.depart(id, job.user());
    Piece piece = data.blank(job.user(), id, departed, at == null ? null : at.from());
    String next = piece.next() == null ? null : new At(id, piece.next()).toString();
    move(job.plus(piece.removed()).on(next, now()));
  }

  private static @Nullable ConversationId first(List<ConversationId> ids) {
    return ids.isEmpty() ? null : ids.getFirst();
  }

  /// Where in which conversation the next piece begins.
  private record At(ConversationId id, String from) {
    static @Nullable At parse(@Nullable String cursor) {
      if (cursor == null) {
        return null;
      }
      int slash = cursor.indexOf('/');
      return new At(new ConversationId(cursor.substring(0, slash)), cursor.substring(slash + 1));
    }

    @Override
    public String toString() {
      return id + "/" + from;
    }
  }

  private Erasure swept(Erasure job) {
    UserId user = job.user();
    Piece piece = data.sweep(user, id -> departures.depart(id, user), job.cursor());
    Erasure done = job.plus(piece.removed()).on(piece.next(), now());
    return done.cursor() == null ? withoutArchives(done) : done;
  }

  /// Also what somebody was still writing when the account was shut.
  private Erasure withoutArchives(Erasure job) {
    long gone = archives.forget(job.user());
    return gone == 0 ? job : job.plus(Map.of(ARCHIVE, gone));
  }

  private void finish(Erasure job) {
    Instant now = now();
    String receipt = writer.write(job, now);
    receipts.issue(
        job.claim().place(),
        job.claim().seal(receipt, random),
        Receipts.digest(receipt),
        now,
        Erasures.endOf(now));
    jobs.remove(job);
  }

  private void move(Erasure next) {
    boolean mine = jobs.move(next) != null;
    if (mine && next.cursor() == null) {
      receipts.progress(next.claim().place(), next.step(), now(), Erasures.endOf(now()));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
