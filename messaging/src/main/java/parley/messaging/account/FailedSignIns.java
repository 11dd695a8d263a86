package parley.messaging.account;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import parley.messaging.Ids;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.account.FailureStore.Counted;
import parley.messaging.account.FailureStore.Failures;

/// Counts wrong passwords, and makes whoever gave too many wait: by pairs of a handle and a source,
/// so that a stranger who guesses locks nobody out but themselves.
///
/// The first few are counted when they have failed, so that a good sign-in costs no write here;
/// each later one before its password is looked at, so that of all who try at the end of a pause,
/// on whatever server, one may. A handle that nobody has is counted like any other.
public final class FailedSignIns {
  /// Counts tried when other servers count the same pair.
  private static final int COUNT_ATTEMPTS = 4;

  private final FailureStore store;
  private final SecretKey key;
  private final InstantSource clock;

  /// One attempt of a pair at a time in this process: else a burst would be through before the
  /// first of it has failed. Pairs that share a turn wait for each other.
  private final Semaphore[] turns = new Semaphore[Limits.SIGN_IN_TURNS];

  public FailedSignIns(FailureStore store, Secret secret, InstantSource clock) {
    this.store = store;
    this.key = secret.key("failed-sign-ins");
    this.clock = clock;
    Arrays.setAll(turns, _ -> new Semaphore(1, true));
  }

  /// Makes an attempt, unless the pair has to wait. `proof` looks at the password, and gives null
  /// if it is wrong.
  ///
  /// @throws TooBusy if too many attempts are being made
  <T> Attempt<T> attempt(Handle handle, Source source, Supplier<@Nullable T> proof) {
    // No handle contains a |.
    String text = handle + "|" + source.value();
    String pair = Ids.encode("", Secret.hmac(key, text.getBytes(StandardCharsets.UTF_8)));
    Semaphore turn = turns[Math.floorMod(pair.hashCode(), turns.length)];
    try {
      if (!turn.tryAcquire(Limits.PASSWORD_HASH_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TooBusy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TooBusy();
    }
    try {
      return inTurn(pair, proof);
    } finally {
      turn.release();
    }
  }

  private <T> Attempt<T> inTurn(String pair, Supplier<@Nullable T> proof) {
    Failures seen = store.failures(pair);
    Instant now = clock.instant();
    int before = recent(seen, now);
    boolean suspect = before >= Limits.SIGN_IN_FAILURES;
    if (seen != null && suspect) {
      Duration wait = Duration.between(now, seen.lastAt().plus(pause(before)));
      if (wait.isPositive()) {
        return new Attempt.Paused<>(wait);
      }
      if (store.count(pair, seen, new Failures(before + 1, now), end(now))
          instanceof Counted.Otherwise) {
        return new Attempt.Paused<>(pause(before + 1));
      }
    }
    T proven = proof.get();
    if (proven != null) {
      if (seen != null) {
        store.clear(pair);
      }
      return new Attempt.Right<>(proven);
    }
    if (!suspect) {
      count(pair, seen);
    }
    return new Attempt.Wrong<>();
  }

  private void count(String pair, @Nullable Failures seen) {
    Failures there = seen;
    for (int attempt = 0; attempt < COUNT_ATTEMPTS; attempt++) {
      Instant now = clock.instant();
      switch (store.count(pair, there, new Failures(recent(there, now) + 1, now), end(now))) {
        case Counted.Done() -> {
          return;
        }
        // Somebody else's, or its own whose answer was lost: one too many does no harm.
        case Counted.Otherwise(Failures other) -> there = other;
      }
    }
  }

  /// How many failures still count.
  private static int recent(@Nullable Failures failures, Instant now) {
    return failures == null || !end(failures.lastAt()).isAfter(now) ? 0 : failures.count();
  }

  private static Instant end(Instant lastAt) {
    return lastAt.plus(Limits.SIGN_IN_FAILURES_LIFE);
  }

  /// How long the next attempt must wait after so many failures: twice as long each time.
  static Duration pause(int failures) {
    int doublings = Math.min(failures - Limits.SIGN_IN_FAILURES, Integer.SIZE / 2);
    Duration pause = Limits.SIGN_IN_PAUSE.multipliedBy(1L << doublings);
    return pause.compareTo(Limits.SIGN_IN_PAUSE_MAX) < 0 ? pause : Limits.SIGN_IN_PAUSE_MAX;
  }
}
