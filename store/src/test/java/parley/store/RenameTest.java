package parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.HandleChange;
import parley.messaging.account.SignUp;
import parley.messaging.account.UserId;
import parley.store.AccountWorld.Crash;
import parley.store.AccountWorld.Crashed;
import parley.store.AccountWorld.Doubled;
import parley.store.AccountWorld.Meanwhile;

/// A handle belongs to at most one account, whatever crashes between the writes of a change.
class RenameTest {
  private static final String PASSWORD = "rowing at dawn";
  private static final Duration CLAIM_OVER =
      Limits.HANDLE_CLAIM_TIME.plus(Limits.SIGN_UP_CLOCK_MARGIN).plusSeconds(1);
  private static final Duration KEPT_OVER =
      Limits.HANDLE_RESERVED.plus(Limits.SIGN_UP_CLOCK_MARGIN).plusSeconds(1);

  private final AccountWorld world = AccountWorld.fresh();
  private final Account ann = world.created("ann", PASSWORD);

  private HandleChange change(AccountWorld by, UserId user, String handle) {
    return by.accounts.changeHandle(user, AccountWorld.handle(handle));
  }

  private void changes(UserId user, String handle) {
    assertThat(change(world, user, handle))
        .isInstanceOfSatisfying(
            HandleChange.Changed.class,
            changed -> assertThat(changed.account().handle().value()).isEqualTo(handle));
  }

  /// Everybody has their handle, and nobody else has it.
  private void assertOwners(int accounts) {
    assertThat(world.settledAccounts()).hasSize(accounts).doesNotHaveDuplicates();
  }

  @Test
  void theNewHandleIsFoundAtOnceAndTheOldOneIsKept() {
    changes(ann.id(), "anna");
    AccountWorld other = world.restarted();
    assertThat(other.accounts.byHandle(AccountWorld.handle("anna")).id()).isEqualTo(ann.id());
    assertThat(other.accounts.byHandle(AccountWorld.handle("ann"))).isNull();
    assertThat(other.accounts.find("ann").orThrow())
        .extracting(found -> found.handle().value())
        .containsExactly("anna");
    assertThat(world.signUp("ann", "another password")).isEqualTo(new SignUp.HandleTaken());
    // Not even by the same password: it is another account that is asked for.
    assertThat(world.signUp("ann", PASSWORD)).isEqualTo(new SignUp.HandleTaken());
    assertOwners(1);
  }

  @Test
  void theOldHandleIsItsOwnersForAWhileAndThenAnybodys() {
    changes(ann.id(), "anna");
    Account ben = world.created("ben", PASSWORD);
    world.clock.advance(Limits.HANDLE_RESERVED);
    assertThat(change(world, ben.id(), "ann")).isEqualTo(new HandleChange.Taken());
    world.clock.advance(Limits.SIGN_UP_CLOCK_MARGIN.plusMillis(1));
    changes(ben.id(), "ann");
    assertThat(change(world, ann.id(), "ann")).isEqualTo(new HandleChange.Taken());
    assertOwners(2);
  }

  @Test
  void oneGetsOnesOldHandleBack() {
    changes(ann.id(), "anna");
    changes(ann.id(), "ann");
    world.clock.advance(KEPT_OVER);
    Account ben = world.created("ben", PASSWORD);
    assertThat(change(world, ben.id(), "ann")).isEqualTo(new HandleChange.Taken());
    changes(ben.id(), "anna");
    assertOwners(2);
  }

  @Test
  void soManyAreKeptAtOnceAndNoMore() {
    for (int i = 1; i <= Limits.HANDLES_RESERVED; i++) {
      changes(ann.id(), "ann_" + i);
    }
    assertThat(change(world, ann.id(), "ann_9"))
        .isEqualTo(new HandleChange.TooOften(world.clock.instant().plus(Limits.HANDLE_RESERVED)));
    changes(ann.id(), "ann");
    assertThat(change(world, ann.id(), "ann_9")).isInstanceOf(HandleChange.TooOften.class);
    world.clock.advance(Limits.HANDLE_RESERVED);
    changes(ann.id(), "ann_9");
  }

  @Test
  void somebodyElsesHandleIsTaken() {
    world.created("ben", PASSWORD);
    assertThat(change(world, ann.id(), "ben")).isEqualTo(new HandleChange.Taken());
    assertThat(change(world, UserId.of(new byte[32]), "free"))
        .isEqualTo(new HandleChange.NoAccount());
    assertThat(world.restarted().accounts.byHandle(AccountWorld.handle("free"))).isNull();
    changes(ann.id(), "ann");
    assertOwners(2);
  }

  @ParameterizedTest
  @CsvSource({"1,false", "1,true", "2,false", "2,true", "3,false", "3,true"})
  void aCrashLeavesOneOwnerAndTheSamePersonSucceedsByTryingAgain(int at, boolean after) {
    assertThatThrownBy(() -> change(world.hooked(new Crash(at, after)), ann.id(), "anna"))
        .isInstanceOf(Crashed.class);
    assertOwners(1);
    changes(ann.id(), "anna");
    assertOwners(1);
    Account ben = world.created("ben", PASSWORD);
    assertThat(change(world, ben.id(), "ann")).isEqualTo(new HandleChange.Taken());
    world.clock.advance(KEPT_OVER);
    changes(ben.id(), "ann");
    assertOwners(2);
  }

  @ParameterizedTest
  @CsvSource({"1,false", "1,true", "2,false"})
  void aStrangerGetsTheHandleOnceTheAttemptIsOver(int at, boolean after) {
    assertThatThrownBy(() -> change(world.hooked(new Crash(at, after)), ann.id(), "anna"))
        .isInstanceOf(Crashed.class);
    Account ben = world.created("ben", PASSWORD);
    world.clock.advance(Limits.HANDLE_CLAIM_TIME);
    if (after || at > 1) {
      assertThat(change(world, ben.id(), "anna")).isEqualTo(new HandleChange.Taken());
      assertThat(world.signUp("anna", PASSWORD)).isEqualTo(new SignUp.HandleTaken());
    }
    world.clock.advance(CLAIM_OVER);
    changes(ben.id(), "anna");
    assertThat(change(world, ann.id(), "anna")).isEqualTo(new HandleChange.Taken());
    assertOwners(2);
  }

  /// The change stands still before each of its writes, for so long that somebody takes its claim
  /// over.
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aWriteThatComesTooLateDoesNotMakeASecondOwner(int before) {
    Account ben = world.created("ben", PASSWORD);
    change(
        world.hooked(
            new Meanwhile(
                before,
                () -> {
                  world.clock.advance(CLAIM_OVER);
                  change(world, ben.id(), "anna");
                })),
        ann.id(),
        "anna");
    assertOwners(2);
  }

  /// A take-over stands still before each of its writes, and the owner of the claim tries again.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aTakeOverThatComesTooLateDoesNotTakeAHandleAway(int before) {
    assertThatThrownBy(() -> change(world.hooked(new Crash(1, true)), ann.id(), "anna"))
        .isInstanceOf(Crashed.class);
    Account ben = world.created("ben", PASSWORD);
    world.clock.advance(CLAIM_OVER);
    change(
        world.hooked(new Meanwhile(before, () -> change(world, ann.id(), "anna"))),
        ben.id(),
        "anna");
    assertOwners(2);
  }

  /// The same by a sign-up.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aSignUpThatTakesOverTooLateDoesNotTakeAHandleAway(int before) {
    assertThatThrownBy(() -> change(world.hooked(new Crash(1, true)), ann.id(), "anna"))
        .isInstanceOf(Crashed.class);
    world.clock.advance(CLAIM_OVER);
    world
        .hooked(new Meanwhile(before, () -> change(world, ann.id(), "anna")))
        .signUp("anna", "another password");
    List<UserId> settled = world.settledAccounts();
    assertThat(settled).contains(ann.id()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void repeatedRequestsAreOneChange() {
    assertThat(change(world.hooked(new Doubled()), ann.id(), "anna"))
        .isInstanceOf(HandleChange.Changed.class);
    assertOwners(1);
  }

  @Test
  void ofThoseWhoWantTheSameHandleOneGetsIt() throws Exception {
    List<UserId> people = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      people.add(world.created("person_" + i, PASSWORD).id());
    }
    List<Future<HandleChange>> running = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (UserId person : people) {
        running.add(threads.submit(() -> change(world.restarted(), person, "wanted")));
        running.add(threads.submit(() -> change(world.restarted(), person, "wanted")));
      }
    }
    List<UserId> owners = new ArrayList<>();
    for (Future<HandleChange> one : running) {
      if (one.get() instanceof HandleChange.Changed(Account account)) {
        owners.add(account.id());
      }
    }
    assertThat(owners.stream().distinct()).hasSize(1);
    assertOwners(13);
  }

  @Test
  void costsThreeWrites() {
    UnitMeter meter = new UnitMeter();
    AccountWorld metered = AccountWorld.metered(meter);
    Account account = metered.created("ann", PASSWORD);
    metered.created("ben", PASSWORD);
    // To a new one, to another, back to the first, and to the one that it is.
    String[] wanted = {"anna", "annie", "ann", "ann"};
    int[] writes = {3, 3, 3, 0};
    for (int i = 0; i < wanted.length; i++) {
      meter.reset();
      assertThat(change(metered, account.id(), wanted[i])).isInstanceOf(HandleChange.Changed.class);
      assertThat(meter.writes()).as("to " + wanted[i]).isEqualTo(writes[i]);
      assertThat(meter.reads()).isLessThanOrEqualTo(3);
    }
    meter.reset();
    assertThat(change(metered, account.id(), "ben")).isEqualTo(new HandleChange.Taken());
    assertThat(meter.writes()).as("a refusal").isLessThanOrEqualTo(1);
  }
}
