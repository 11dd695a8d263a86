package parley.messaging.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import parley.messaging.StoreUnavailable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;

class SideBySideTest {
  private static final ConversationId TALK = new ConversationId("c-" + "a".repeat(26));

  private final SecureRandom random = new SecureRandom();
  private final Set<UserId> people = new LinkedHashSet<>();

  SideBySideTest() {
    for (int i = 0; i < 3; i++) {
      people.add(UserId.random(random));
    }
  }

  @Test
  void rowsAreWorkedOnAtTheSameTime() {
    CyclicBarrier all = new CyclicBarrier(people.size());
    try (ExecutorService threads = Executors.newFixedThreadPool(people.size() - 1)) {
      assertThat(
              new SideBySide(threads)
                  .each(
                      people,
                      user -> {
                        meet(all);
                        return row(user);
                      }))
          .containsOnlyKeys(people);
    }
  }

  @Test
  void whoeverAsksDoesWhatNoThreadHasBegun() {
    // An executor that never gets round to anything.
    SideBySide busy = new SideBySide(_ -> {});
    assertThat(busy.each(people, SideBySideTest::row)).containsOnlyKeys(people);
  }

  @Test
  void aPersonWithoutARowIsLeftOut() {
    UserId absent = people.iterator().next();
    assertThat(SideBySide.IN_TURN.each(people, user -> user.equals(absent) ? null : row(user)))
        .hasSize(people.size() - 1)
        .doesNotContainKey(absent);
  }

  @Test
  void aFaultOfOneIsThrownAfterAllWereTried() {
    UserId first = people.iterator().next();
    Set<UserId> tried = new ConcurrentSkipListSet<>((a, b) -> a.value().compareTo(b.value()));
    StoreUnavailable fault = new StoreUnavailable("busy", new IllegalStateException());
    assertThatThrownBy(() ->
            SideBySide.IN_TURN.each(
                people,
                user -> {
                  tried.add(user);
                  if (user.equals(first)) {
                    throw fault;
                  }
                  return row(user);
                }))
        .isSameAs(fault);
    assertThat(tried).hasSameSizeAs(people);
  }

  private static InboxRow row(UserId user) {
    return InboxRow.none(new RowKey(user, TALK));
  }

  private static void meet(CyclicBarrier all) {
    try {
      all.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("they did not work at the same time", e);
    }
  }
}
