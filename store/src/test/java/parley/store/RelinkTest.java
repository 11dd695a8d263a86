package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.Identities;
import parley.messaging.account.Identities.Introduced;
import parley.messaging.account.Identities.Witness;
import parley.messaging.account.Identity;
import parley.messaging.account.Introduction;
import parley.messaging.account.UserId;
import parley.store.AccountWorld.Crash;
import parley.store.AccountWorld.Crashed;
import parley.store.AccountWorld.Doubled;
import parley.store.AccountWorld.WriteHook;

/// Somebody whose provider gave them another subject is the same person: only if it was said that
/// the old one is gone, and only by the mark that the old one had.
class RelinkTest {
  private static final Identity OLD = new Identity("https://id.example.com", "old");
  private static final Identity NEW = new Identity("https://id.example.com", "new");
  private static final Identity THIRD = new Identity("https://id.example.com", "third");
  private static final Introduction ANNA = Introduction.of("anna", "Anna");
  private static final List<String> MARK = List.of("mark-1");

  private final AccountWorld world = AccountWorld.fresh();
  private final Identities identities = identities(world.table);

  private Identities identities(Table table) {
    return new Identities(
        new IdentityItems(table), new AccountItems(table), world.clock, new SecureRandom());
  }

  private Identities hooked(WriteHook hook) {
    return identities(TestTables.through(hook.client(), world.table));
  }

  private static Introduced introduced(Identities by, Identity identity, List<String> marks) {
    return by.introduce(identity, ANNA, marks, Witness.NONE);
  }

  private UserId seen(Identity identity, List<String> marks) {
    Introduced introduced = introduced(identities, identity, marks);
    assertThat(introduced).isInstanceOf(Introduced.Known.class);
    return ((Introduced.Known) introduced).account().id();
  }

  @Test
  void whoComesBackUnderAnotherSubjectIsTheSamePerson() {
    UserId anna = seen(OLD, MARK);
    assertThat(identities.reportGone(OLD)).isTrue();
    assertThat(introduced(identities, OLD, MARK)).isEqualTo(new Introduced.Gone());
    assertThat(introduced(identities, OLD, List.of())).isEqualTo(new Introduced.Gone());
    for (int i = 0; i < 3; i++) {
      assertThat(seen(NEW, MARK)).isEqualTo(anna);
    }
    // It was kept for one, whatever the mark says; and telling again that the old one is gone keeps
    // it for nobody else.
    assertThat(seen(THIRD, MARK)).isNotEqualTo(anna);
    assertThat(identities.reportGone(OLD)).isTrue();
    assertThat(seen(new Identity(OLD.issuer(), "fourth"), MARK)).isNotEqualTo(anna);
  }

  @Test
  void andOnceMore() {
    UserId anna = seen(OLD, MARK);
    identities.reportGone(OLD);
    assertThat(seen(NEW, MARK)).isEqualTo(anna);
    identities.reportGone(NEW);
    assertThat(seen(THIRD, MARK)).isEqualTo(anna);
    assertThat(introduced(identities, NEW, MARK)).isEqualTo(new Introduced.Gone());
  }

  @Test
  void nobodyIsAnybodyElseAsLongAsNoSubjectIsGone() {
    UserId anna = seen(OLD, MARK);
    assertThat(seen(NEW, MARK)).isNotEqualTo(anna);
    // Too late: who was seen meanwhile is somebody else, until an operator says otherwise.
    identities.reportGone(OLD);
    assertThat(seen(NEW, MARK)).isNotEqualTo(anna);
    assertThat(identities.relink(NEW, anna)).isTrue();
    assertThat(seen(NEW, MARK)).isEqualTo(anna);
  }

  @Test
  void anotherMarkOrNoneIsAnotherPerson() {
    UserId anna = seen(OLD, MARK);
    identities.reportGone(OLD);
    assertThat(seen(NEW, List.of("mark-2"))).isNotEqualTo(anna);
    assertThat(seen(THIRD, List.of())).isNotEqualTo(anna);
    // Nor is anybody who was never known by one.
    Identity unmarked = new Identity(OLD.issuer(), "unmarked");
    UserId other = seen(unmarked, List.of());
    identities.reportGone(unmarked);
    assertThat(seen(new Identity(OLD.issuer(), "last"), MARK)).isEqualTo(anna).isNotEqualTo(other);
  }

  @Test
  void theMarkThatCountsIsTheLastOne() {
    UserId anna = seen(OLD, MARK);
    seen(OLD, List.of("mark-2"));
    seen(OLD, List.of());
    identities.reportGone(OLD);
    assertThat(seen(NEW, MARK)).isNotEqualTo(anna);
    // With several values of the secret, an older one is known too.
    assertThat(seen(THIRD, List.of("mark-3", "mark-2"))).isEqualTo(anna);
  }

  @Test
  void itIsKeptForAMonthAndNoLonger() {
    UserId anna = seen(OLD, MARK);
    UserId ben = seen(new Identity(OLD.issuer(), "ben"), List.of("mark-b"));
    identities.reportGone(OLD);
    identities.reportGone(new Identity(OLD.issuer(), "ben"));
    world.clock.advance(Limits.RELINK_WITHIN.minusSeconds(1));
    assertThat(seen(NEW, MARK)).isEqualTo(anna);
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(seen(THIRD, List.of("mark-b"))).isNotEqualTo(ben);
  }

  @Test
  void anIdentityOfNobodyIsNotGone() {
    assertThat(identities.reportGone(OLD)).isFalse();
    assertThat(seen(OLD, MARK)).isNotNull();
  }

  @Test
  void whoseSubjectWasSaidToBeGoneByMistakeIsRelinkedByAnOperator() {
    UserId anna = seen(OLD, MARK);
    identities.reportGone(OLD);
    assertThat(identities.relink(OLD, anna)).isTrue();
    assertThat(seen(OLD, MARK)).isEqualTo(anna);
  }

  /// A server dies at any write of the report, or of the new one's first sign-in; somebody does it
  /// again.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whateverDiesInBetweenTheyAreTheSamePerson(int write) {
    for (boolean after : new boolean[] {false, true}) {
      String at = write + "-" + after;
      Identity old = new Identity(OLD.issuer(), "old-" + at);
      Identity next = new Identity(OLD.issuer(), "new-" + at);
      List<String> marks = List.of("mark-" + at);
      UserId anna = seen(old, marks);
      dies(() -> hooked(new Crash(write, after)).reportGone(old));
      assertThat(identities.reportGone(old)).isTrue();
      dies(() -> introduced(hooked(new Crash(write, after)), next, marks));
      assertThat(seen(next, marks)).as(at).isEqualTo(anna);
      assertThat(seen(new Identity(OLD.issuer(), "third-" + at), marks)).isNotEqualTo(anna);
    }
  }

  private static void dies(Runnable work) {
    try {
      work.run();
    } catch (Crashed e) {
      // It is gone.
    }
  }

  @Test
  void whereEveryWriteHappensTwiceItIsTheSame() {
    Identities doubled = hooked(new Doubled());
    UserId anna = ((Introduced.Known) introduced(doubled, OLD, MARK)).account().id();
    doubled.reportGone(OLD);
    Account again = ((Introduced.Known) introduced(doubled, NEW, MARK)).account();
    assertThat(again.id()).isEqualTo(anna);
    assertThat(seen(THIRD, MARK)).isNotEqualTo(anna);
  }

  @Test
  void ofManyWhoComeAtOnceOneIsThem() throws Exception {
    UserId anna = seen(OLD, MARK);
    identities.reportGone(OLD);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<UserId>> all =
          java.util.stream.IntStream.range(0, 12)
              .<Callable<UserId>>mapToObj(
                  i -> () -> seen(new Identity(OLD.issuer(), "n" + i), MARK))
              .toList();
      int same = 0;
      for (Future<UserId> one : threads.invokeAll(all)) {
        same += one.get().equals(anna) ? 1 : 0;
      }
      assertThat(same).isEqualTo(1);
    }
  }
}
