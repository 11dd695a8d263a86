package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.Identities;
import parley.messaging.account.Identities.Introduced;
import parley.messaging.account.Identity;
import parley.messaging.account.Introduction;
import parley.messaging.account.SignIn;
import parley.messaging.account.SignUp;
import parley.store.AccountWorld.Crash;
import parley.store.AccountWorld.Crashed;
import parley.store.AccountWorld.Doubled;
import parley.store.AccountWorld.WriteHook;
import parley.store.TableDesign.Entity;

/// People whom an identity provider introduces: whatever crashes, races or comes twice, an identity
/// has one account, and that account its handle.
class IntroductionTest {
  private static final Identity ANNA = new Identity("https://id.example.com", "4711");
  private static final Identity OTHER_ANNA = new Identity("https://id.example.com", "4712");
  private static final Introduction INTRODUCTION =
      Introduction.of(List.of("Anna"), List.of("Anna Karenina"));

  /// Profile, link, handle, end of the wait.
  private static final int WRITES = 4;

  private final AccountWorld world = AccountWorld.fresh();
  private final Identities identities = identities(world.table);

  private Identities identities(Table table) {
    return new Identities(
        new IdentityItems(table), new AccountItems(table), world.clock, new SecureRandom());
  }

  private Identities hooked(WriteHook hook) {
    return identities(TestTables.through(hook.client(), world.table));
  }

  private static Account known(Introduced introduced) {
    return ((Introduced.Known) introduced).account();
  }

  @Test
  void whoIsIntroducedHasAnAccountAndNoPassword() {
    assertThat(identities.account(ANNA)).isNull();
    Introduced first = identities.introduce(ANNA, INTRODUCTION);
    Account anna = known(first);
    assertThat(first).isEqualTo(new Introduced.Known(anna, true));
    assertThat(anna.handle()).isEqualTo(new Handle("anna"));
    assertThat(anna.displayName().value()).isEqualTo("Anna Karenina");
    AccountWorld elsewhere = world.restarted();
    assertThat(elsewhere.accounts.byHandle(new Handle("anna"))).isEqualTo(anna);
    assertThat(elsewhere.accounts.byId(anna.id())).isEqualTo(anna);
    assertThat(identities.account(ANNA)).isEqualTo(anna);
    assertThat(world.items(Entity.CREDENTIAL)).isEmpty();
    assertThat(elsewhere.signIn("anna", "")).isInstanceOf(SignIn.Refused.class);
  }

  @Test
  void introducedAgainTheyAreTheSamePerson() {
    Account anna = known(identities.introduce(ANNA, INTRODUCTION));
    assertThat(anna.hasPassword()).isFalse();
    world.clock.advance(Duration.ofDays(400));
    Introduction otherName = Introduction.of(List.of("bertha"), List.of("Bertha"));
    assertThat(identities(world.table).introduce(ANNA, otherName))
        .isEqualTo(new Introduced.Known(anna, false));
    assertThat(world.items(Entity.ACCOUNT)).hasSize(1);
  }

  @Test
  void aHandleThatIsTakenGetsANumber() {
    world.created("anna", "violets are bluish");
    assertThat(known(identities.introduce(ANNA, INTRODUCTION)).handle().value()).isEqualTo("anna2");
    assertThat(known(identities.introduce(OTHER_ANNA, INTRODUCTION)).handle().value())
        .isEqualTo("anna3");
    assertThat(world.signUp("anna2", "roses are reddish")).isInstanceOf(SignUp.HandleTaken.class);
  }

  @Test
  void afterNineTheNumberIsLongAndByChance() {
    for (int i = 0; i < Limits.HANDLE_NUMBERS; i++) {
      known(identities.introduce(new Identity("https://id.example.com", "a" + i), INTRODUCTION));
    }
    assertThat(known(identities.introduce(ANNA, INTRODUCTION)).handle().value())
        .matches("anna[0-9]{6}");
  }

  @Test
  void theSameSubjectOfAnotherProviderIsAnotherPerson() {
    Account anna = known(identities.introduce(ANNA, INTRODUCTION));
    Account other =
        known(
            identities.introduce(
                new Identity("https://other.example.com", ANNA.subject()), INTRODUCTION));
    assertThat(other.id()).isNotEqualTo(anna.id());
    assertThat(identities.account(ANNA)).isEqualTo(anna);
  }

  static Stream<Arguments> crashes() {
    return Stream.of(1, 2, 3, 4)
        .flatMap(at -> Stream.of(Arguments.of(at, true), Arguments.of(at, false)));
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void aCrashAnywhereLeavesOneAccountToWhoeverComesNext(int at, boolean after) {
    try {
      hooked(new Crash(at, after)).introduce(ANNA, INTRODUCTION);
    } catch (Crashed e) {
      // What is left of it is looked at below.
    }
    Account anna = known(identities(world.table).introduce(ANNA, INTRODUCTION));
    assertThat(anna.handle().value()).isEqualTo("anna");
    onlyOne(anna);
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void soItDoesWhenTheNextOneComesAfterItIsOver(int at, boolean after) {
    try {
      hooked(new Crash(at, after)).introduce(ANNA, INTRODUCTION);
    } catch (Crashed e) {
      // As above.
    }
    world.clock.advance(Limits.SIGN_UP_TIME.plus(Limits.SIGN_UP_CLOCK_MARGIN).plusSeconds(1));
    world.deleteExpired();
    Account anna = known(identities(world.table).introduce(ANNA, INTRODUCTION));
    assertThat(anna.handle().value()).isEqualTo("anna");
    onlyOne(anna);
  }

  @Test
  void everyWriteMayHappenTwice() {
    Doubled doubled = new Doubled();
    Account anna = known(hooked(doubled).introduce(ANNA, INTRODUCTION));
    assertThat(doubled.writes()).isEqualTo(WRITES);
    onlyOne(anna);
  }

  @Test
  void ofManyAtOnceOneIsMade() throws Exception {
    List<Callable<Account>> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(() -> known(identities(world.table).introduce(ANNA, INTRODUCTION)));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Account> made = new ArrayList<>();
      for (Future<Account> one : threads.invokeAll(all)) {
        made.add(one.get());
      }
      assertThat(made).hasSize(12).containsOnly(made.getFirst());
      onlyOne(made.getFirst());
    }
  }

  /// One account can be seen, the identity leads to it, and its handle is its own.
  private void onlyOne(Account anna) {
    AccountWorld observer = world.restarted();
    assertThat(
            world.items(Entity.ACCOUNT).stream()
                .filter(item -> !AccountWorld.isPending(item))
                .map(AccountWorld::user))
        .containsExactly(anna.id());
    assertThat(identities(world.table).account(ANNA)).isEqualTo(anna);
    assertThat(observer.accounts.byHandle(anna.handle())).isEqualTo(anna);
    assertThat(observer.accounts.find(anna.handle().value()).orThrow().stream().map(Account::id))
        .containsExactly(anna.id());
  }

  // What is made of what a provider says.

  @Test
  void aHandleIsMadeOfWhatWasSaidAndNeverOfAnAddress() {
    assertThat(wish("Zoë Müller-Lüdenscheidt")).isEqualTo("zoe_muller_ludenscheidt");
    assertThat(wish("__x__y__")).isEqualTo("x_y");
    assertThat(wish("a".repeat(40))).isEqualTo("a".repeat(Limits.HANDLE_MAX));
    assertThat(wish("李")).isEqualTo("user");
    assertThat(wish("x")).isEqualTo("user");
    assertThat(wish("anna@example.com")).isEqualTo("user");
    assertThat(wish(null, "", "anna@example.com", "an")).isEqualTo("an");
  }

  private static String wish(String... handles) {
    return Introduction.of(Arrays.asList(handles), List.of()).wish().value();
  }

  @Test
  void aNameIsTheFirstThatIsOne() {
    assertThat(name(null, " ", "Anna\u202eK", "Anna")).isEqualTo("Anna");
    assertThat(name("😀".repeat(60))).isEqualTo("😀".repeat(Limits.DISPLAY_NAME_CODE_POINTS));
    assertThat(name()).isEqualTo("user");
  }

  private static String name(String... names) {
    return Introduction.of(List.of(), Arrays.asList(names)).displayName().value();
  }

  @Test
  void anIdentityHasBounds() {
    String issuer = "https://id.example.com/";
    String longest = issuer + "a".repeat(Limits.ISSUER_CHARS - issuer.length());
    assertThat(Identity.parse(longest, "s").orThrow().issuer()).isEqualTo(longest);
    for (String bad :
        List.of(
            longest + "a",
            "",
            "id.example.com",
            "ftp://a.example",
            "https://a.example/#b",
            "https://a.example/?b")) {
      assertThat(Identity.parse(bad, "s")).as(bad).isInstanceOf(parley.messaging.Parsed.Bad.class);
    }
    String subject = "s".repeat(Limits.SUBJECT_CHARS);
    assertThat(Identity.parse(issuer, subject).orThrow().subject()).isEqualTo(subject);
    for (String bad : List.of(subject + "s", "", " ", "ü", "a\nb")) {
      assertThat(Identity.parse(issuer, bad)).isInstanceOf(parley.messaging.Parsed.Bad.class);
    }
    assertThat(new Identity(issuer, "4711").toString()).doesNotContain("4711");
  }
}
