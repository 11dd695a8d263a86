package parley.messaging.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.PasswordHasher.Cost;

class PasswordHasherTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Password PASSWORD = new Password("correct horse? battery");
  private static final Cost CHEAP = new Cost(64, 1, 2, 32, Duration.ofSeconds(10));

  private final PasswordHasher hasher = new PasswordHasher(RANDOM);
  private final PasswordHasher cheap = new PasswordHasher(RANDOM, CHEAP);

  @Test
  void hashesAreArgon2idWithTheRecommendedCost() {
    // 16 bytes of salt are 22 characters of base64, 32 bytes of hash are 43.
    assertThat(hasher.hash(PASSWORD).phc())
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
  }

  @Test
  void theRightPasswordIsRightAndNoOther() {
    PasswordHash hash = hasher.hash(PASSWORD);
    assertThat(hasher.verify(PASSWORD.attempt(), hash)).isTrue();
    assertThat(hasher.verify(new PasswordAttempt("correct horse? batterz"), hash)).isFalse();
    assertThat(hasher.verify(new PasswordAttempt("Correct horse? battery"), hash)).isFalse();
    assertThat(hasher.verify(new PasswordAttempt(" correct horse? battery"), hash)).isFalse();
    assertThat(hasher.verify(new PasswordAttempt(""), hash)).isFalse();
  }

  @Test
  void charactersBeyondAsciiCount() {
    PasswordHash hash = cheap.hash(new Password("żółta łódź 🦊"));
    assertThat(cheap.verify(new PasswordAttempt("żółta łódź 🦊"), hash)).isTrue();
    assertThat(cheap.verify(new PasswordAttempt("żółta łódź 🐻"), hash)).isFalse();
  }

  @Test
  void halfACharacterIsNoQuestionMark() {
    PasswordHash hash = cheap.hash(PASSWORD);
    assertThat(cheap.verify(new PasswordAttempt("correct horse\ud83d battery"), hash)).isFalse();
  }

  @Test
  void theSamePasswordHasAnotherHashEachTime() {
    assertThat(cheap.hash(PASSWORD)).isNotEqualTo(cheap.hash(PASSWORD));
  }

  @Test
  void hashesOfAnotherCostStayValid() {
    assertThat(hasher.verify(PASSWORD.attempt(), cheap.hash(PASSWORD))).isTrue();
    assertThat(cheap.verify(PASSWORD.attempt(), hasher.hash(PASSWORD))).isTrue();
  }

  /// By the memory that it goes through, which is what takes the time, and which a loaded machine
  /// does not change.
  @Test
  void anAccountThatIsNotThereTakesAsMuch() {
    PasswordHash hash = hasher.hash(PASSWORD);
    long known = allocatedBytes(hash);
    long unknown = allocatedBytes(null);
    assertThat(known).isGreaterThan(19_456L * 1024);
    assertThat((double) unknown / known).isBetween(0.99, 1.01);
    assertThat(hasher.verify(PASSWORD.attempt(), null)).isFalse();
  }

  private long allocatedBytes(@Nullable PasswordHash hash) {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    // Once without counting: the first time loads classes.
    hasher.verify(new PasswordAttempt("another one"), hash);
    long before = threads.getCurrentThreadAllocatedBytes();
    hasher.verify(new PasswordAttempt("another one"), hash);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void twoAreHashedAtOnceThirtyTwoWaitAndTheNextIsRefused() throws Exception {
    // The standard's numbers, and more patience than it has: here they wait for the test.
    Cost standard = Cost.standard();
    PasswordHasher hasher =
        new PasswordHasher(
            RANDOM, new Cost(64, 1, standard.atOnce(), standard.waiting(), Duration.ofMinutes(5)));
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch open = new CountDownLatch(1);
    List<Future<Boolean>> inside = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int all = Limits.PASSWORD_HASHES_AT_ONCE + Limits.PASSWORD_HASHES_WAITING;
      for (int i = 0; i < all; i++) {
        inside.add(threads.submit(() -> hasher.bounded(() -> hold(running, most, open))));
      }
      long deadline_ns = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      // Whoever has been let in may still be on the way to where they are counted.
      while ((!hasher.isFull() || running.get() < Limits.PASSWORD_HASHES_AT_ONCE)
          && System.nanoTime() - deadline_ns < 0) {
        Thread.sleep(1);
      }
      assertThatThrownBy(() -> hasher.hash(PASSWORD)).isInstanceOf(TooBusy.class);
      assertThat(running.get()).isEqualTo(2);
      open.countDown();
      for (Future<Boolean> one : inside) {
        assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(most).hasValue(2);
    assertThat(hasher.verify(PASSWORD.attempt(), hasher.hash(PASSWORD))).isTrue();
  }

  private static boolean hold(AtomicInteger running, AtomicInteger most, CountDownLatch open) {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      return open.await(2, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      running.decrementAndGet();
    }
  }

  @Test
  void waitingHasAnEnd() throws Exception {
    PasswordHasher impatient =
        new PasswordHasher(RANDOM, new Cost(64, 1, 1, 5, Duration.ofMillis(50)));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> holder =
          threads.submit(() ->
              impatient.bounded(() -> {
                inside.countDown();
                return hold(new AtomicInteger(), new AtomicInteger(), open);
              }));
      assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> impatient.verify(PASSWORD.attempt(), null))
          .isInstanceOf(TooBusy.class);
      open.countDown();
      assertThat(holder.get(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(impatient.verify(PASSWORD.attempt(), impatient.hash(PASSWORD))).isTrue();
  }
}
