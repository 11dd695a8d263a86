package parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.SignIn;
import parley.messaging.account.SignUp;
import parley.messaging.account.UserId;
import parley.store.AccountWorld.Crash;
import parley.store.AccountWorld.Crashed;
import parley.store.AccountWorld.Doubled;
import parley.store.AccountWorld.Meanwhile;
import parley.store.TableDesign.Entity;

/// Signing up: whatever crashes, races or comes late, a handle has one account and an account its
/// handle.
class AccountSignUpTest {
  private static final String HERS = "violets are bluish";
  private static final String STRANGERS = "roses are reddish";
  private static final int WRITES = 5;
  private static final int CLAIM = 3;
  private static final Duration UNTIL_DEAD =
      Limits.SIGN_UP_TIME.plus(Limits.SIGN_UP_CLOCK_MARGIN).plusSeconds(1);

  private final AccountWorld world = AccountWorld.fresh();

  @Test
  void anAccountCanBeFoundAndSignedInTo() {
    Account anna = world.created("Anna", HERS);
    assertThat(anna.handle().value()).isEqualTo("anna");
    assertThat(anna.createdAt()).isEqualTo(TestClock.START);
    AccountWorld other = world.restarted();
    assertThat(other.accounts.byId(anna.id())).isEqualTo(anna);
    assertThat(other.accounts.byHandle(new Handle("anna"))).isEqualTo(anna);
    assertThat(other.signIn("ANNA", HERS)).isInstanceOf(SignIn.SignedIn.class);
    assertThat(world.settledAccounts()).containsExactly(anna.id());
  }

  @Test
  void theHandleIsThenTakenInAnyCase() {
    world.created("anna", HERS);
    assertThat(world.signUp("anna", STRANGERS)).isInstanceOf(SignUp.HandleTaken.class);
    assertThat(world.signUp("aNNa", STRANGERS)).isInstanceOf(SignUp.HandleTaken.class);
    world.clock.advance(Duration.ofDays(400));
    world.deleteExpired();
    assertThat(world.signUp("ANNA", STRANGERS)).isInstanceOf(SignUp.HandleTaken.class);
    assertThat(world.settledAccounts()).hasSize(1);
    assertThat(world.items(Entity.ACCOUNT)).hasSize(1);
  }

  @Test
  void tryingAgainIsTheSameAccountForAQuarterOfAnHour() {
    Account anna = world.created("anna", HERS);
    world.clock.advance(Limits.SIGN_UP_TIME.minusMillis(1));
    assertThat(world.restarted().created("Anna", HERS)).isEqualTo(anna);
    world.clock.advance(Duration.ofMillis(1));
    assertThat(world.restarted().signUp("anna", HERS)).isInstanceOf(SignUp.HandleTaken.class);
    assertThat(world.settledAccounts()).containsExactly(anna.id());
  }

  static Stream<Arguments> crashes() {
    return Stream.of(1, 2, 3, 4, 5)
        .flatMap(at -> Stream.of(Arguments.of(at, false), Arguments.of(at, true)));
  }

  private void crash(int at, boolean after) {
    Crash crash = new Crash(at, after);
    AccountWorld dying = world.hooked(crash);
    assertThatThrownBy(() -> dying.signUp("anna", HERS)).isInstanceOf(Crashed.class);
    assertThat(crash.writes()).isEqualTo(at);
  }

  private static boolean isFinished(int at, boolean after) {
    return at == WRITES && after;
  }

  private static boolean isClaimed(int at, boolean after) {
    return at > CLAIM || at == CLAIM && after;
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void nothingHalfMadeIsVisible(int at, boolean after) {
    crash(at, after);
    int accounts = isFinished(at, after) ? 1 : 0;
    for (int i = 0; i < 2; i++) {
      assertThat(world.settledAccounts()).hasSize(accounts);
      assertThat(world.accounts.find("an").orThrow()).hasSize(accounts);
      assertThat(world.signIn("anna", HERS) instanceof SignIn.SignedIn).isEqualTo(accounts == 1);
      world.clock.advance(UNTIL_DEAD);
    }
    world.deleteExpired();
    assertThat(world.settledAccounts()).hasSize(accounts);
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void theSamePersonSucceedsByTryingAgain(int at, boolean after) {
    crash(at, after);
    world.clock.advance(Limits.SIGN_UP_TIME.minusSeconds(5));
    Account anna = world.created("Anna", HERS);
    assertThat(world.settledAccounts()).containsExactly(anna.id());
    world.clock.advance(Duration.ofDays(100));
    world.deleteExpired();
    assertThat(world.settledAccounts()).containsExactly(anna.id());
    assertThat(world.signIn("anna", HERS)).isInstanceOf(SignIn.SignedIn.class);
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void theSamePersonSucceedsThoughTheRepetitionCrashesToo(int at, boolean after) {
    crash(at, after);
    for (int again = 1; again <= WRITES; again++) {
      try {
        world.hooked(new Crash(again, true)).signUp("anna", HERS);
      } catch (Crashed e) {
        assertThat(world.settledAccounts()).hasSizeLessThanOrEqualTo(1);
      }
    }
    Account anna = world.created("anna", HERS);
    assertThat(world.settledAccounts()).containsExactly(anna.id());
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void aStrangerGetsTheHandleOnceTheAttemptIsOver(int at, boolean after) {
    crash(at, after);
    if (!isClaimed(at, after)) {
      Account stranger = world.created("anna", STRANGERS);
      assertThat(world.settledAccounts()).containsExactly(stranger.id());
      return;
    }
    assertThat(world.signUp("anna", STRANGERS)).isInstanceOf(SignUp.HandleTaken.class);
    world.clock.advance(UNTIL_DEAD.minusSeconds(2));
    assertThat(world.signUp("anna", STRANGERS)).isInstanceOf(SignUp.HandleTaken.class);
    world.clock.advance(Duration.ofSeconds(2));
    if (isFinished(at, after)) {
      assertThat(world.signUp("anna", STRANGERS)).isInstanceOf(SignUp.HandleTaken.class);
      return;
    }
    Account stranger = world.created("ANNA", STRANGERS);
    assertThat(world.settledAccounts()).containsExactly(stranger.id());
    assertThat(world.signIn("anna", STRANGERS)).isInstanceOf(SignIn.SignedIn.class);
    assertThat(world.signIn("anna", HERS)).isInstanceOf(SignIn.Refused.class);
    // What the first one left behind goes: also a credential that had lost its TTL.
    world.clock.advance(Limits.SIGN_UP_TIME.plusSeconds(1));
    world.deleteExpired();
    assertThat(world.items(Entity.CREDENTIAL)).hasSize(1);
    assertThat(world.items(Entity.ACCOUNT)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void aStrangerGetsTheHandleWhenTheServiceHasDeletedTheAttempt(int at, boolean after) {
    crash(at, after);
    world.clock.advance(UNTIL_DEAD);
    world.deleteExpired();
    if (isFinished(at, after)) {
      assertThat(world.signUp("anna", STRANGERS)).isInstanceOf(SignUp.HandleTaken.class);
      return;
    }
    Account stranger = world.created("anna", STRANGERS);
    assertThat(world.settledAccounts()).containsExactly(stranger.id());
    world.clock.advance(Limits.SIGN_UP_TIME.plusSeconds(1));
    world.deleteExpired();
    assertThat(world.items(Entity.CREDENTIAL)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void aTakeOverThatCrashesLeavesTheHandleToTheNext(int at) {
    crash(4, true);
    world.clock.advance(UNTIL_DEAD);
    assertThatThrownBy(() -> world.hooked(new Crash(at, true)).signUp("anna", STRANGERS))
        .isInstanceOf(Crashed.class);
    assertThat(world.settledAccounts()).hasSize(at == 7 ? 1 : 0);
    Account stranger = world.restarted().created("anna", STRANGERS);
    assertThat(world.settledAccounts()).containsExactly(stranger.id());
  }

  /// The process stands still before a write, or the request is held up on its way, and by the time
  /// it arrives somebody else has taken the handle over.
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void aWriteThatComesTooLateDoesNotMakeASecondOwner(int before) {
    List<Account> stranger = new ArrayList<>();
    Meanwhile late =
        new Meanwhile(
            before,
            () -> {
              world.clock.advance(UNTIL_DEAD);
              stranger.add(world.restarted().created("anna", STRANGERS));
            });
    assertThat(world.hooked(late).signUp("anna", HERS)).isInstanceOf(SignUp.HandleTaken.class);
    assertThat(world.settledAccounts()).containsExactly(stranger.getFirst().id());
  }

  /// The same with a stranger who looked when the claim was dead, and claims when it no longer is.
  @Test
  void aTakeOverThatComesTooLateDoesNotTakeAHandleAway() {
    crash(3, true);
    world.clock.advance(UNTIL_DEAD);
    List<Account> quicker = new ArrayList<>();
    Meanwhile late =
        new Meanwhile(
            5, // Abandon, delete, credential, profile, claim.
            () -> quicker.add(world.restarted().created("anna", HERS)));
    assertThat(world.hooked(late).signUp("anna", STRANGERS)).isInstanceOf(SignUp.HandleTaken.class);
    assertThat(world.settledAccounts()).containsExactly(quicker.getFirst().id());
  }

  /// A clock that is an hour ahead sees a dead claim where another server is about to finish it.
  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void clocksThatDifferDoNotMakeASecondOwner(int before) {
    List<SignUp> stranger = new ArrayList<>();
    Meanwhile late =
        new Meanwhile(
            before,
            () -> {
              world.clock.advance(Duration.ofHours(1));
              stranger.add(world.restarted().signUp("anna", STRANGERS));
              world.clock.advance(Duration.ofHours(-1));
            });
    assertThat(world.hooked(late).signUp("anna", HERS)).isInstanceOf(SignUp.HandleTaken.class);
    assertThat(stranger.getFirst()).isInstanceOf(SignUp.Created.class);
    assertThat(world.settledAccounts()).hasSize(1);
  }

  @Test
  void anAttemptThatRanOutWhileItWasStandingStillStartsAnew() {
    Meanwhile late = new Meanwhile(3, () -> world.clock.advance(UNTIL_DEAD));
    Account anna = world.hooked(late).created("anna", HERS);
    assertThat(world.settledAccounts()).containsExactly(anna.id());
    world.clock.advance(UNTIL_DEAD);
    world.deleteExpired();
    assertThat(world.settledAccounts()).containsExactly(anna.id());
  }

  @Test
  void repeatedRequestsAreOneSignUp() {
    Account anna = world.hooked(new Doubled()).created("anna", HERS);
    assertThat(world.settledAccounts()).containsExactly(anna.id());
    assertThat(world.items(Entity.ACCOUNT)).hasSize(1);
  }

  @Test
  void aRepetitionThatComesAfterTheEndTakesNothingBack() {
    List<AccountWorld.Write> writes = new ArrayList<>();
    AccountWorld.WriteHook recorder =
        new AccountWorld.WriteHook() {
          @Override
          Object around(int number, AccountWorld.Write write) {
            writes.add(write);
            return write.make();
          }
        };
    Account anna = world.hooked(recorder).created("anna", HERS);
    assertThat(writes).hasSize(WRITES);
    for (AccountWorld.Write write : writes) {
      assertThatThrownBy(write::make)
          .isInstanceOf(
              software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException.class);
    }
    assertThat(world.settledAccounts()).containsExactly(anna.id());
  }

  private List<SignUp> race(int people, boolean samePassword) throws Exception {
    String[] spellings = {"anna", "Anna", "ANNA", "aNnA", "annA"};
    CyclicBarrier start = new CyclicBarrier(people);
    List<Callable<SignUp>> tries = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      String password = samePassword ? HERS : "password of nr " + i;
      String spelling = spellings[i % spellings.length];
      // Some on the same server, some on another.
      AccountWorld server = i % 2 == 0 ? world : world.restarted();
      tries.add(() -> {
        start.await();
        return AccountWorld.insist(() -> server.signUp(spelling, password));
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(people)) {
      List<SignUp> outcomes = new ArrayList<>();
      for (Future<SignUp> outcome : threads.invokeAll(tries)) {
        outcomes.add(outcome.get());
      }
      return outcomes;
    }
  }

  private static List<UserId> created(List<SignUp> outcomes) {
    return outcomes.stream()
        .filter(SignUp.Created.class::isInstance)
        .map(outcome -> ((SignUp.Created) outcome).account().id())
        .toList();
  }

  @Test
  void ofFiftyWhoWantTheSameHandleOneGetsIt() throws Exception {
    List<UserId> created = created(race(50, false));
    assertThat(created).hasSize(1);
    assertThat(world.settledAccounts()).isEqualTo(created);
  }

  @Test
  void onePersonWhoTriesFiftyTimesAtOnceIsOneAccount() throws Exception {
    List<UserId> created = created(race(50, true));
    assertThat(created).hasSize(50);
    assertThat(created.stream().distinct().toList()).isEqualTo(world.settledAccounts());
  }

  @Test
  void ofThoseWhoWantADeadHandleOneGetsIt() throws Exception {
    crash(4, true);
    world.clock.advance(UNTIL_DEAD);
    List<UserId> created = created(race(20, false));
    assertThat(created).hasSize(1);
    assertThat(world.settledAccounts()).isEqualTo(created);
  }

  /// Many people after few handles, on servers that die at any write, while time goes by.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noStormOfCrashesBreaksIt(long seed) {
    Random random = new Random(seed);
    String[] handles = {"anna", "bert", "cleo"};
    String[] passwords = {HERS, STRANGERS, "a third password"};
    List<UserId> acknowledged = new ArrayList<>();
    for (int step = 0; step < 120; step++) {
      Crash crash = new Crash(1 + random.nextInt(9), random.nextBoolean());
      try {
        SignUp outcome =
            world.hooked(crash).signUp(handles[random.nextInt(3)], passwords[random.nextInt(3)]);
        acknowledged.addAll(created(List.of(outcome)));
      } catch (Crashed e) {
        // Whatever it left behind is what the next ones have to cope with.
      }
      assertThat(world.settledAccounts()).containsAll(acknowledged).hasSizeLessThanOrEqualTo(3);
      world.clock.advance(Duration.ofSeconds(random.nextInt(400)));
      if (random.nextInt(5) == 0) {
        world.deleteExpired();
      }
    }
    for (String handle : handles) {
      world.clock.advance(UNTIL_DEAD);
      assertThat(world.signUp(handle, "one more password")).isNotNull();
    }
    assertThat(world.settledAccounts()).hasSize(3).containsAll(acknowledged);
  }

  @Test
  void costsFiveWritesAndOneRead() {
    UnitMeter meter = new UnitMeter();
    AccountWorld metered = AccountWorld.metered(meter);
    metered.created("anna", HERS);
    assertThat(meter.writes()).isEqualTo(5);
    assertThat(meter.reads()).isLessThanOrEqualTo(1);
    meter.reset();
    metered.clock.advance(Duration.ofDays(1));
    assertThat(metered.signUp("anna", STRANGERS)).isInstanceOf(SignUp.HandleTaken.class);
    assertThat(meter.writes()).isZero();
    assertThat(meter.reads()).isLessThanOrEqualTo(2);
  }
}
