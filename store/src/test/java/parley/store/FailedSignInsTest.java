package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.account.PasswordHasher;
import parley.messaging.account.SignIn;
import parley.messaging.account.SignUp;
import parley.messaging.account.Source;
import parley.store.TableDesign.Entity;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Wrong passwords: counted by pairs of handle and source, and slowed down.
class FailedSignInsTest {
  private static final String RIGHT = "violets are bluish";
  private static final String WRONG = "roses are reddish";

  private final UnitMeter meter = new UnitMeter();
  private final AccountWorld world = AccountWorld.metered(meter);
  private final AccountWorld elsewhere = world.restarted();

  FailedSignInsTest() {
    world.created("anna", RIGHT);
    // Later than a sign-up may be tried again.
    world.clock.advance(Limits.SIGN_UP_TIME.plusSeconds(1));
    meter.reset();
  }

  private static Duration pause(SignIn signIn) {
    if (signIn instanceof SignIn.Paused(Duration remaining)) {
      return remaining;
    }
    throw new AssertionError("not paused: " + signIn);
  }

  private void fail(String handle, int times) {
    for (int i = 0; i < times; i++) {
      assertThat((i % 2 == 0 ? world : elsewhere).signIn(handle, WRONG))
          .as("failure %s", i + 1)
          .isEqualTo(new SignIn.Refused());
    }
  }

  @Test
  void afterFiveEachMustWaitTwiceAsLongAsTheLastUpToAQuarterOfAnHour() {
    fail("anna", Limits.SIGN_IN_FAILURES);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Duration pause = pause(world.signIn("anna", WRONG));
      pauses.add(pause.toSeconds());
      // Asking during the pause makes it no longer, on whatever server.
      assertThat(pause(elsewhere.signIn("anna", WRONG))).isEqualTo(pause);
      world.clock.advance(pause.minusMillis(1));
      assertThat(pause(elsewhere.signIn("anna", WRONG))).isEqualTo(Duration.ofMillis(1));
      world.clock.advance(Duration.ofMillis(1));
      fail("anna", 1);
    }
    assertThat(pauses).containsExactly(15L, 30L, 60L, 120L, 240L, 480L, 900L, 900L, 900L);
  }

  @Test
  void aRightPasswordWaitsAsWellAndThenClearsTheCount() {
    fail("anna", Limits.SIGN_IN_FAILURES);
    Duration pause = pause(elsewhere.signIn("anna", RIGHT));
    world.clock.advance(pause);
    assertThat(world.signIn("anna", RIGHT)).isInstanceOf(SignIn.SignedIn.class);
    assertThat(world.items(Entity.FAILURES)).isEmpty();
    fail("anna", Limits.SIGN_IN_FAILURES - 1);
    assertThat(elsewhere.signIn("anna", RIGHT)).isInstanceOf(SignIn.SignedIn.class);
    fail("anna", Limits.SIGN_IN_FAILURES);
  }

  @Test
  void nobodyElseWaits() {
    fail("anna", Limits.SIGN_IN_FAILURES);
    pause(world.signIn("anna", RIGHT));
    world.source = new Source("another");
    assertThat(world.signIn("anna", RIGHT)).isInstanceOf(SignIn.SignedIn.class);
    world.source = Source.HERE;
    assertThat(world.signIn("bert", WRONG)).isEqualTo(new SignIn.Refused());
    pause(world.signIn("anna", RIGHT));
  }

  @Test
  void theyAreForgottenAfterADay() {
    fail("anna", Limits.SIGN_IN_FAILURES - 1);
    world.clock.advance(Limits.SIGN_IN_FAILURES_LIFE.minusMillis(1));
    fail("anna", 1);
    pause(world.signIn("anna", RIGHT));
    assertThat(world.items(Entity.FAILURES))
        .singleElement()
        .satisfies(item ->
            assertThat(new Item(item).expiresAt())
                .isEqualTo(
                    world.clock.instant().plus(Limits.SIGN_IN_FAILURES_LIFE).minusMillis(999)));
    world.clock.advance(Limits.SIGN_IN_FAILURES_LIFE);
    // Over, and not deleted yet.
    fail("anna", Limits.SIGN_IN_FAILURES);
    pause(world.signIn("anna", RIGHT));
  }

  @Test
  void neitherHandleNorSourceIsInTheTable() {
    world.source = new Source("192.0.2.77");
    fail("nobody_at_all", 1);
    Map<String, AttributeValue> item = world.items(Entity.FAILURES).getFirst();
    assertThat(item.toString()).doesNotContain("nobody").doesNotContain("192.0.2");
    assertThat(item).containsOnlyKeys("PK", "SK", "count", "lastAt", "ttl");
  }

  @Test
  void anUnknownHandleIsToldInNoWayFromAKnownOne() {
    List<String> known = course("anna");
    assertThat(course("nobody")).isEqualTo(known);
    assertThat(known)
        .startsWith("Refused[] [getItem, getItem, query, putItem]")
        .contains("Paused[remaining=PT5S] [getItem]")
        .contains("Refused[] [getItem, putItem, getItem, query]");
  }

  /// What each of a dozen attempts answers, and what it asks of the table.
  private List<String> course(String handle) {
    List<String> course = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      List<String> requests = new ArrayList<>();
      SignIn answer = world.through(noting(requests)).signIn(handle, WRONG);
      course.add(answer + " " + requests);
      world.clock.advance(Duration.ofSeconds(10));
    }
    return course;
  }

  /// The engine's client, each of whose requests is noted.
  private static DynamoDbClient noting(List<String> requests) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            FailedSignInsTest.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, args) -> {
              requests.add(method.getName());
              return method.invoke(TestTables.engine().client(), args);
            });
  }

  @Test
  void aPauseMakesNoHashForAnybody() {
    fail("anna", Limits.SIGN_IN_FAILURES);
    fail("nobody", Limits.SIGN_IN_FAILURES);
    // One that makes none at all gives away who asks for one.
    PasswordHasher none =
        new PasswordHasher(
            new SecureRandom(), new PasswordHasher.Cost(64, 1, 0, 0, Duration.ofMillis(1)));
    AccountWorld busy = new AccountWorld(world.table, world.clock, none);
    for (String handle : List.of("anna", "nobody")) {
      meter.reset();
      pause(busy.signIn(handle, RIGHT));
      assertThat(meter.reads()).as(handle).isEqualTo(1);
      assertThat(meter.writes()).as(handle).isZero();
    }
  }

  @Test
  void aGoodSignInCostsOneWriteAndThreeReadsAndOneWriteMoreAfterFailures() {
    world.token("anna", RIGHT);
    assertPaid(1, 3);
    fail("anna", 1);
    meter.reset();
    world.token("anna", RIGHT);
    assertPaid(2, 3);
  }

  private void assertPaid(double writes, double reads) {
    assertThat(meter.writes()).isEqualTo(writes);
    assertThat(meter.reads()).isEqualTo(reads);
  }

  @Test
  void aSignUpIsNoSecondWayToGuess() {
    world.created("carl", RIGHT);
    for (int i = 0; i < Limits.SIGN_IN_FAILURES; i++) {
      boolean up = i % 2 == 0;
      assertThat(up ? world.signUp("carl", WRONG) : world.signIn("carl", WRONG))
          .isEqualTo(up ? new SignUp.HandleTaken() : new SignIn.Refused());
    }
    assertThat(world.signUp("carl", RIGHT)).isEqualTo(new SignUp.Paused(Limits.SIGN_IN_PAUSE));
    assertThat(elsewhere.signIn("carl", RIGHT)).isEqualTo(new SignIn.Paused(Limits.SIGN_IN_PAUSE));
    world.clock.advance(Limits.SIGN_IN_PAUSE);
    assertThat(world.signUp("carl", RIGHT)).isInstanceOf(SignUp.Created.class);
    assertThat(world.items(Entity.FAILURES)).isEmpty();
  }

  /// Of all who try at the end of a pause, one may, and a burst is not through before it is
  /// counted.
  @Test
  void aBurstFromTwoServersGetsNoMoreThanItsShare() throws Exception {
    LongSupplier looked = () -> burst().stream().filter(SignIn.Refused.class::isInstance).count();
    // Each server may have one under way when the other counts the fifth.
    assertThat(looked.getAsLong())
        .isBetween((long) Limits.SIGN_IN_FAILURES, Limits.SIGN_IN_FAILURES + 1L);
    for (int round = 0; round < 3; round++) {
      world.clock.advance(Limits.SIGN_IN_PAUSE_MAX);
      assertThat(looked.getAsLong()).isEqualTo(1);
    }
  }

  private List<SignIn> burst() {
    List<Future<SignIn>> attempts = new ArrayList<>();
    List<SignIn> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        AccountWorld server = i % 2 == 0 ? world : elsewhere;
        attempts.add(threads.submit(() -> AccountWorld.insist(() -> server.signIn("anna", WRONG))));
      }
    }
    attempts.forEach(attempt -> answers.add(attempt.resultNow()));
    return answers;
  }

  @Test
  void aSignUpOfANewHandleCostsWhatItDid() {
    world.signUp("dora", RIGHT);
    assertPaid(5, 1);
  }
}
