package parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;
import parley.store.AccountWorld.Crash;
import parley.store.AccountWorld.Crashed;

/// Finding people, and how old what is known of them may be.
class AccountLookupTest {
  private static final String PASSWORD = "violets are bluish";
  private static final DisplayName NEW_NAME = new DisplayName("Another Name");

  private final UnitMeter meter = new UnitMeter();
  private final AccountWorld world = AccountWorld.metered(meter);
  private final AccountWorld elsewhere = world.restarted();

  private List<String> found(String prefix) {
    return elsewhere.accounts.find(prefix).orThrow().stream()
        .map(account -> account.handle().value())
        .toList();
  }

  @Test
  void peopleAreFoundByTheBeginningOfTheirHandle() {
    for (String handle : List.of("ann", "anna", "ann_marie", "an", "bert", "anton", "ann9")) {
      world.created(handle, PASSWORD);
    }
    assertThat(found("ann")).containsExactly("ann", "ann9", "ann_marie", "anna");
    assertThat(found("ANNA")).containsExactly("anna");
    assertThat(found("an")).startsWith("an").hasSize(6).doesNotContain("bert");
    assertThat(found("annabelle")).isEmpty();
    assertThat(found("zz")).isEmpty();
  }

  @Test
  void theExactOneComesFirstAndTenAtMost() {
    for (int i = 0; i < 12; i++) {
      world.created("an" + (char) ('l' - i) + "x", PASSWORD);
    }
    assertThat(found("an")).hasSize(10).isSorted();
    world.created("an", PASSWORD);
    assertThat(found("an")).hasSize(10).startsWith("an", "anax");
  }

  @Test
  void signUpsThatWereNeverFinishedTakeNobodysPlace() {
    for (int i = 0; i < 10; i++) {
      String handle = "ana" + i;
      assertThatThrownBy(() -> world.hooked(new Crash(4, false)).signUp(handle, PASSWORD))
          .isInstanceOf(Crashed.class);
      world.created("anb" + i, PASSWORD);
    }
    assertThat(found("an")).hasSize(10).allMatch(handle -> handle.startsWith("anb"));
  }

  @Test
  void aPrefixHasTwoCharactersOfTheAlphabet() {
    for (String bad : List.of("", "a", "a-b", "ä1", "an ", "a".repeat(31), "an%")) {
      assertThat(world.accounts.find(bad)).as(bad).isInstanceOf(Parsed.Bad.class);
    }
    assertThat(world.accounts.find("a_")).isInstanceOf(Parsed.Good.class);
    assertThat(world.accounts.find("a".repeat(30))).isInstanceOf(Parsed.Good.class);
  }

  @Test
  void whoIsNotThereIsNull() {
    assertThat(world.accounts.byId(World.person(1))).isNull();
    assertThat(world.accounts.byHandle(new Handle("nobody"))).isNull();
    assertThat(world.accounts.rename(World.person(1), NEW_NAME)).isNull();
    assertThat(world.accounts.byIds(List.of(World.person(1)))).isEmpty();
    assertThat(world.accounts.byIds(List.of())).isEmpty();
    assertThat(world.items(TableDesign.Entity.ACCOUNT)).isEmpty();
  }

  @Test
  void moreThanABatchOfPeopleAtOnce() {
    List<UserId> ids = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      ids.add(world.created("person" + i, PASSWORD).id());
    }
    ids.add(World.person(1));
    ids.add(ids.getFirst());
    Map<UserId, Account> people = elsewhere.accounts.byIds(ids);
    assertThat(people).hasSize(130);
    people.forEach((id, account) -> assertThat(account.id()).isEqualTo(id));
  }

  @Test
  void aNewNameIsSeenAtOnceHereAndFiveSecondsLaterElsewhere() {
    Account anna = world.created("anna", PASSWORD);
    assertThat(elsewhere.accounts.byId(anna.id())).isEqualTo(anna);
    world.clock.advance(Duration.ofSeconds(1));
    meter.reset();
    Account renamed = world.accounts.rename(anna.id(), NEW_NAME);
    assertThat(meter.writes()).isEqualTo(1);
    assertThat(meter.reads()).isZero();
    assertThat(renamed)
        .isEqualTo(
            new Account(anna.id(), anna.handle(), NEW_NAME, anna.createdAt(), anna.notBefore()));
    assertThat(world.accounts.byId(anna.id())).isEqualTo(renamed);

    world.clock.advance(Limits.ACCOUNT_STALENESS.minusMillis(1_001));
    assertThat(elsewhere.accounts.byId(anna.id())).isEqualTo(anna);
    assertThat(elsewhere.accounts.byIds(List.of(anna.id())).get(anna.id())).isEqualTo(anna);
    world.clock.advance(Duration.ofMillis(1));
    assertThat(elsewhere.accounts.byId(anna.id())).isEqualTo(renamed);
    assertThat(elsewhere.accounts.byIds(List.of(anna.id())).get(anna.id())).isEqualTo(renamed);
  }

  @Test
  void whatIsForgottenIsReadAgain() {
    Account anna = world.created("anna", PASSWORD);
    assertThat(elsewhere.accounts.byHandle(anna.handle())).isEqualTo(anna);
    Account renamed = world.accounts.rename(anna.id(), NEW_NAME);
    assertThat(elsewhere.accounts.byHandle(anna.handle())).isEqualTo(anna);
    elsewhere.accounts.forget(anna.id());
    assertThat(elsewhere.accounts.byHandle(anna.handle())).isEqualTo(renamed);
  }

  @Test
  void whoIsRememberedIsNotRead() {
    Account anna = world.created("anna", PASSWORD);
    meter.reset();
    for (int i = 0; i < 10; i++) {
      assertThat(world.accounts.byId(anna.id())).isEqualTo(anna);
      assertThat(world.accounts.byIds(List.of(anna.id()))).hasSize(1);
    }
    assertThat(meter.reads()).isZero();
  }

  @Test
  void whoWasNotThereIsSeenAsSoonAsTheyAre() {
    assertThat(elsewhere.accounts.find("anna").orThrow()).isEmpty();
    assertThat(elsewhere.accounts.byHandle(new Handle("anna"))).isNull();
    Account anna = world.created("anna", PASSWORD);
    assertThat(elsewhere.accounts.find("anna").orThrow()).containsExactly(anna);
    assertThat(elsewhere.accounts.byHandle(new Handle("anna"))).isEqualTo(anna);
  }
}
