package parley.messaging.account;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;

/// Hashes passwords and checks them: Argon2id, a few at a time.
///
/// A hash is dear on purpose, in memory and in time. Without a bound, a hundred sign-ins at once
/// would take two gigabytes and starve everything else in the process.
public final class PasswordHasher {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /// What one hash takes, and how many are made at once.
  ///
  /// `waiting` more may wait, each for `longestWait` at most. The standard is OWASP's: 19 MiB, 2
  /// passes, one lane.
  public record Cost(int memoryKib, int passes, int atOnce, int waiting, Duration longestWait) {
    public static Cost standard() {
      return new Cost(
          19_456,
          2,
          Limits.PASSWORD_HASHES_AT_ONCE,
          Limits.PASSWORD_HASHES_WAITING,
          Limits.PASSWORD_HASH_WAIT);
    }
  }

  private final SecureRandom random;
  private final Duration longestWait;
  private final Argon2Function argon2;
  private final PasswordHash nobodys;
  private final Semaphore running;
  private final Semaphore admitted;

  public PasswordHasher(SecureRandom random) {
    this(random, Cost.standard());
  }

  public PasswordHasher(SecureRandom random, Cost cost) {
    this.random = random;
    this.longestWait = cost.longestWait();
    // Named parameters: the library looks for a configuration file only when it is given none.
    this.argon2 =
        Argon2Function.getInstance(cost.memoryKib(), cost.passes(), 1, HASH_BYTES, Argon2.ID);
    // Fair: otherwise who came first could wait until it is refused.
    this.running = new Semaphore(cost.atOnce(), true);
    this.admitted = new Semaphore(cost.atOnce() + cost.waiting());
    this.nobodys = nobodys(cost);
  }

  /// The hash of a password, under a salt of its own.
  ///
  /// @throws TooBusy if too many are waiting, or it waited too long
  public PasswordHash hash(Password password) {
    byte[] salt = bytes(SALT_BYTES);
    return bounded(
        () -> new PasswordHash(argon2.hash(password.attempt().utf8(), salt).getResult()));
  }

  /// Whether the attempt is right. Null, for an account that is not there, takes as long as a hash
  /// does: the time must not tell which handles exist.
  ///
  /// @throws TooBusy if too many are waiting, or it waited too long
  public boolean verify(PasswordAttempt attempt, @Nullable PasswordHash hash) {
    String phc = hash == null ? nobodys.phc() : hash.phc();
    boolean matches =
        bounded(
            // The hash's own parameters: they may be those of an earlier release.
            () ->
                Argon2Function.getInstanceFromHash(phc)
                    .check(attempt.utf8(), phc.getBytes(StandardCharsets.US_ASCII)));
    return matches && hash != null && attempt.isUnicode();
  }

  /// A hash of no password, at the same cost as a real one.
  private PasswordHash nobodys(Cost cost) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return new PasswordHash(
        "$argon2id$v=19$m="
            + cost.memoryKib()
            + ",t="
            + cost.passes()
            + ",p=1$"
            + base64.encodeToString(bytes(SALT_BYTES))
            + "$"
            + base64.encodeToString(bytes(HASH_BYTES)));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /// Whether the next one would be refused.
  boolean isFull() {
    return admitted.availablePermits() == 0;
  }

  /// Runs `work` when it is its turn.
  <T> T bounded(Supplier<T> work) {
    if (!admitted.tryAcquire()) {
      throw new TooBusy();
    }
    try {
      if (!running.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TooBusy();
      }
      try {
        return work.get();
      } finally {
        running.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TooBusy();
    } finally {
      admitted.release();
    }
  }
}
