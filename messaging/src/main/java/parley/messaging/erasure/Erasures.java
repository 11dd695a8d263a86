package parley.messaging.erasure;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;

/// Use case: an account is to go, and everything with it.
///
/// Whoever asks is given a code. With it, and with nothing else, they see how far it is when they
/// can no longer sign in, and claim the receipt.
public final class Erasures {
  /// Stands where the handle of who came back is not known. It is only shown.
  private static final Handle UNKNOWN = new Handle("erased_again");

  private final ErasureJobs jobs;
  private final PersonalData data;
  private final ReceiptStore receipts;
  private final Duration grace;
  private final InstantSource clock;
  private final SecureRandom random;

  /// `grace` is how long an erasure can be taken back.
  public Erasures(
      ErasureJobs jobs,
      PersonalData data,
      ReceiptStore receipts,
      Duration grace,
      InstantSource clock,
      SecureRandom random) {
    check(grace);
    this.jobs = jobs;
    this.data = data;
    this.receipts = receipts;
    this.grace = grace;
    this.clock = clock;
    this.random = random;
  }

  private static void check(Duration grace) {
    if (grace.isNegative() || grace.compareTo(Limits.ERASURE_GRACE_MAX) > 0) {
      throw new IllegalArgumentException("no erasure waits for " + grace);
    }
  }

  /// How long people can take the wish back.
  public Duration grace() {
    return grace;
  }

  /// What became of a wish to be erased.
  public sealed interface Asked {
    /// It begins at `dueAt`. The code is shown this once.
    record Done(Instant dueAt, String code) implements Asked {}

    /// It had been asked for before, or there is no such account any more.
    record Already() implements Asked {}
  }

  /// Has an account erased, once it can no longer be taken back.
  public Asked ask(Account account) {
    return ask(account, grace);
  }

  /// The same, after as long as an operator says.
  public Asked ask(Account account, Duration grace) {
    check(grace);
    if (account.erasedAt() != null) {
      return new Asked.Already();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Claim.Made made = Claim.make(random);
    Erasure job = Erasure.asked(account.id(), account.handle(), now, now.plus(grace), made.claim());
    // The job first: an account that says when it goes, and then does not go, would be a lie. A job
    // that no account speaks of ends by itself when it is due.
    receipts.progress(made.claim().place(), Step.CLOSE, now, endOf(job.dueAt()));
    jobs.add(job);
    if (!data.announce(account.id(), job.dueAt())) {
      drop(job);
      return new Asked.Already();
    }
    return new Asked.Done(job.dueAt(), made.code());
  }

  /// Another code, instead of the one that was given out when it was asked for and whose answer may
  /// have been lost: that one is of no use any more. As long as the erasure has not begun.
  public Asked anotherCode(Account account) {
    Instant dueAt = account.erasedAt();
    Erasure job = dueAt == null ? null : jobs.job(dueAt, account.id());
    if (dueAt == null || job == null || job.step() != Step.CLOSE) {
      return new Asked.Already();
    }
    Claim.Made made = Claim.make(random);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    receipts.progress(made.claim().place(), Step.CLOSE, now, endOf(dueAt));
    if (jobs.move(job.under(made.claim())) == null && !isUnder(made.claim(), job)) {
      // It begins at this moment, or somebody else is given a code.
      receipts.forget(made.claim().place());
      return new Asked.Already();
    }
    receipts.forget(job.claim().place());
    return new Asked.Done(dueAt, made.code());
  }

  /// Whether it went through, and only its answer was lost.
  private boolean isUnder(Claim claim, Erasure job) {
    Erasure there = jobs.job(job.dueAt(), job.user());
    return there != null && there.claim().equals(claim);
  }

  /// Takes the wish back, as long as the erasure has not begun; false if it has, or there is none.
  public boolean takeBack(Account account) {
    Instant dueAt = account.erasedAt();
    if (dueAt == null || !data.announce(account.id(), null)) {
      return false;
    }
    Erasure job = jobs.job(dueAt, account.id());
    if (job != null) {
      drop(job);
    }
    return true;
  }

  private void drop(Erasure job) {
    jobs.remove(job);
    receipts.forget(job.claim().place());
  }

  /// Erases somebody who has been erased before, and came back with a backup: whatever of them is
  /// there, with or without an account. Nobody gets another receipt, nor can anybody take it back:
  /// `asked` is a wish that came back with them, null for none.
  public void again(UserId user, @Nullable Erasure asked) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    // Shut first: who is found shut and not yet in the jobs is found again, the other way round
    // they would count as one that is under way.
    data.close(user, null);
    if (asked != null && !asked.dueAt().isAfter(now)) {
      // It can go on by itself, to its own receipt.
      return;
    }
    jobs.add(
        Erasure.asked(user, UNKNOWN, now, now, Claim.make(random).claim())
            .to(Step.CONVERSATIONS, now));
    if (asked != null) {
      drop(asked);
    }
  }

  /// Erasures that are asked for or under way, the longest due first: at most `limit`.
  public List<Erasure> all(int limit) {
    return jobs.due(clock.instant().plus(Limits.ERASURE_GRACE_MAX).plusSeconds(1), limit);
  }

  /// The wish of this account; null where there is none.
  public @Nullable Erasure of(Instant dueAt, UserId user) {
    return jobs.job(dueAt, user);
  }

  /// What whoever shows a code is told.
  public sealed interface Status {
    /// No erasure has this code, or its receipt was never claimed.
    record Unknown() implements Status {}

    /// It is not done: `next` is the step that comes next.
    record UnderWay(Step next, Instant at) implements Status {}

    /// It is done. This is its receipt, which is not shown again.
    record Done(String receipt) implements Status {}

    /// Its receipt was handed out; this is what is left of it.
    record Handed(String digest) implements Status {}
  }

  /// How far the erasure with this claim is; hands out its receipt, once.
  public Status claim(Claim claim) {
    ReceiptStore.Lying lying = receipts.lying(claim.place());
    if (lying == null || !lying.expiresAt().isAfter(clock.instant())) {
      return new Status.Unknown();
    }
    if (lying.next() != null) {
      return new Status.UnderWay(lying.next(), lying.at());
    }
    String sealed = lying.sealed();
    if (sealed != null && receipts.hand(claim.place())) {
      return new Status.Done(claim.open(sealed));
    }
    return new Status.Handed(String.valueOf(lying.digest()));
  }

  static Instant endOf(Instant at) {
    return at.plus(Limits.RECEIPT_LIFE).truncatedTo(ChronoUnit.SECONDS);
  }
}
