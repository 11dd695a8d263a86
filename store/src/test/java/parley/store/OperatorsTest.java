package parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.messaging.Limits;
import parley.messaging.Secret;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.Identities;
import parley.messaging.account.Identity;
import parley.messaging.account.Introduction;
import parley.messaging.account.SessionToken;
import parley.messaging.account.SignIn;
import parley.messaging.erasure.Claim;
import parley.messaging.erasure.Erasure;
import parley.messaging.erasure.Erasures;
import parley.messaging.erasure.Step;
import parley.messaging.export.ExportShelf;
import parley.messaging.export.Exports;
import parley.messaging.operator.Actor;
import parley.messaging.operator.AuditEntry;
import parley.messaging.operator.AuditEntry.Action;
import parley.messaging.operator.Operator;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.OperatorPass;
import parley.messaging.operator.Operators;
import parley.messaging.operator.Operators.Admitted;
import parley.messaging.operator.Operators.Reset;
import parley.messaging.operator.Scope;
import parley.messaging.report.Reports;

/// Who runs a deployment: what lets them in, for how long, and what is written of it.
class OperatorsTest {
  private static final String OLD = "violets are bluish";
  private static final String NEW = "roses are reddish";
  private static final Actor ROOT = Actor.commandLine("root");
  private static final OperatorName NAME = new OperatorName("prometheus");
  private static final Secret SECRET = new Secret(new byte[Secret.MIN_BYTES]);

  private final AccountWorld world = AccountWorld.fresh();
  private final AccountWorld elsewhere = world.restarted();
  private final Operators operators = of(world);

  private static Operators of(AccountWorld world) {
    return new Operators(
        new OperatorItems(world.table),
        world.accounts,
        world.sessions,
        erasures(world),
        identities(world),
        reports(world),
        // Where archives would lie there is no place, so none is gathered.
        new Exports(ExportShelf.NONE, null, world.accounts, world.clock, new SecureRandom()),
        SECRET,
        world.clock,
        new SecureRandom());
  }

  private static Identities identities(AccountWorld world) {
    return new Identities(
        new IdentityItems(world.table),
        new AccountItems(world.table),
        world.clock,
        new SecureRandom());
  }

  private static Erasures erasures(AccountWorld world) {
    ErasureItems items = new ErasureItems(world.table);
    return new Erasures(
        items,
        new PersonalItems(world.table, world.clock),
        items,
        Duration.ofDays(7),
        world.clock,
        new SecureRandom());
  }

  private static Reports reports(AccountWorld world) {
    return new Reports(
        new ReportItems(world.table),
        new World(world.table, world.clock).messages,
        SECRET,
        world.clock);
  }

  private Operators.Issued issued(Duration life) {
    Operators.Issued issued = operators.issue(NAME, Set.of(Scope.METRICS), life, ROOT);
    if (issued == null) {
      throw new AssertionError("there were too many");
    }
    return issued;
  }

  @Test
  void aTokenLetsItsHolderInWithItsScopesUntilItEnds() {
    Operators.Issued issued = issued(Duration.ofHours(1));
    String shown = issued.token().value();
    assertThat(operators.admit(shown, "GET", "/metrics"))
        .isEqualTo(new Admitted(new Actor(issued.operator().id().value()), Set.of(Scope.METRICS)));
    assertThat(of(elsewhere).admit(shown, "GET", "/metrics")).isNotNull();
    world.clock.advance(Duration.ofHours(1).minusSeconds(1));
    assertThat(operators.admit(shown, "GET", "/metrics")).isNotNull();
    assertThat(operators.all()).hasSize(1);
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(operators.admit(shown, "GET", "/metrics")).isNull();
    assertThat(operators.all()).isEmpty();
  }

  @Test
  void theTokenIsNotInTheTableAndDoesNotPrint() {
    Operators.Issued issued = issued(Duration.ofHours(1));
    String table =
        TestTables.engine().client().scan(r -> r.tableName(world.table.name())).toString();
    assertThat(table)
        .contains(issued.operator().id().value())
        .doesNotContain(issued.token().value().substring(3));
    assertThat(issued.toString()).doesNotContain(issued.token().value().substring(3));
  }

  @Test
  void aTokenThatIsTakenBackLetsNobodyIn() {
    Operators.Issued issued = issued(Duration.ofHours(1));
    assertThat(operators.revoke(issued.operator().id(), ROOT)).isTrue();
    assertThat(operators.admit(issued.token().value(), "GET", "/metrics")).isNull();
    assertThat(operators.revoke(issued.operator().id(), ROOT)).isFalse();
  }

  @Test
  void lifeAndNumberOfTokensAreBounded() {
    assertThat(issued(Limits.OPERATOR_TOKEN_LIFE_MIN)).isNotNull();
    assertThat(issued(Limits.OPERATOR_TOKEN_LIFE_MAX)).isNotNull();
    for (Duration wrong :
        List.of(
            Limits.OPERATOR_TOKEN_LIFE_MIN.minusMillis(1),
            Limits.OPERATOR_TOKEN_LIFE_MAX.plusMillis(1))) {
      assertThatThrownBy(() -> issued(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    for (int i = 2; i < Limits.OPERATOR_TOKENS; i++) {
      issued(Duration.ofDays(1));
    }
    assertThat(operators.issue(NAME, Set.of(Scope.METRICS), Duration.ofDays(1), ROOT)).isNull();
    world.clock.advance(Duration.ofDays(1));
    assertThat(operators.all()).hasSize(1);
    assertThat(issued(Duration.ofDays(1))).isNotNull();
  }

  @Test
  void noTokenCanMakeTokens() {
    assertThatThrownBy(
            () -> operators.issue(NAME, Set.of(Scope.OPERATORS), Duration.ofDays(1), ROOT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> operators.issue(NAME, Set.of(), Duration.ofDays(1), ROOT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesAreShortAndPlain() {
    String longest = "a".repeat(Limits.OPERATOR_NAME);
    assertThat(OperatorName.parse(longest).orThrow().value()).isEqualTo(longest);
    for (String wrong : List.of(longest + "a", "", " a", "a ", "a\nb", "é", "a/b")) {
      assertThatThrownBy(() -> OperatorName.parse(wrong).orThrow()).as(wrong).isNotNull();
    }
  }

  @Test
  void aPassOpensOneRouteForHalfAMinute() {
    String pass = OperatorPass.make(SECRET, "GET", "/metrics", world.clock.instant(), "ann_b");
    Admitted admitted = operators.admit(pass, "GET", "/metrics");
    assertThat(admitted)
        .isEqualTo(new Admitted(Actor.commandLine("ann-b"), Set.of(Scope.values())));
    assertThat(operators.admit(pass, "POST", "/metrics")).isNull();
    assertThat(operators.admit(pass, "GET", "/operator/tokens")).isNull();
    assertThat(operators.admit(pass + "a", "GET", "/metrics")).isNull();
    assertThat(operators.admit(pass.replace("ann-b", "root"), "GET", "/metrics")).isNull();
    byte[] other = new byte[Secret.MIN_BYTES];
    other[0] = 1;
    String foreign =
        OperatorPass.make(new Secret(other), "GET", "/metrics", world.clock.instant(), "ann");
    assertThat(operators.admit(foreign, "GET", "/metrics")).isNull();
    world.clock.advance(Limits.OPERATOR_PASS_LIFE);
    assertThat(operators.admit(pass, "GET", "/metrics")).isNotNull();
    world.clock.advance(Duration.ofMillis(1));
    assertThat(operators.admit(pass, "GET", "/metrics")).isNull();
  }

  @Test
  void aPasswordThatIsResetEndsEverySessionOnEveryServer() {
    Account anna = world.created("anna", OLD);
    SessionToken token = world.token("anna", OLD);
    assertThat(elsewhere.sessions.who(token)).isNotNull();
    world.clock.advance(Duration.ofMillis(1));
    assertThat(operators.resetPassword(new Handle("anna"), NEW, ROOT))
        .isInstanceOf(Reset.Done.class);
    assertThat(world.sessions.who(token)).isNull();
    world.clock.advance(Limits.ACCOUNT_STALENESS);
    assertThat(elsewhere.sessions.who(token)).isNull();
    assertThat(world.signIn("anna", OLD)).isEqualTo(new SignIn.Refused());
    assertThat(elsewhere.signIn("anna", NEW)).isInstanceOf(SignIn.SignedIn.class);
    assertThat(operators.trail(null))
        .extracting(AuditEntry::action, AuditEntry::actor, AuditEntry::subject)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Action.PASSWORD_RESET, ROOT, anna.id().value()));
  }

  /// Made anew at the provider: another subject, seen here before anybody said whose it is.
  @Test
  void anIdentityThatIsRelinkedIsTheSamePersonAndWhoeverItWasIsSignedOut() {
    Account anna = world.created("anna", OLD);
    Identity identity = new Identity("https://id.example.com", "made-anew");
    Identities identities = identities(world);
    Account stray =
        ((Identities.Introduced.Known)
                identities.introduce(identity, Introduction.of(List.of("anna"), List.of("Anna"))))
            .account();
    assertThat(stray.id()).isNotEqualTo(anna.id());
    SessionToken strays = world.sessions.start(stray).token();
    assertThat(operators.relink(new Handle("anna"), identity, ROOT))
        .isEqualTo(new Operators.Relinked.Done(anna));
    assertThat(identities.account(identity)).isEqualTo(anna);
    assertThat(world.sessions.who(strays)).isNull();
    assertThat(operators.relink(new Handle("anna"), identity, ROOT))
        .isEqualTo(new Operators.Relinked.Done(anna));
    Identity another = new Identity("https://id.example.com", "never-seen");
    operators.relink(new Handle("anna"), another, ROOT);
    assertThat(identities.account(another)).isEqualTo(anna);
    assertThat(operators.relink(new Handle("nobody"), identity, ROOT))
        .isEqualTo(new Operators.Relinked.NoAccount());
    assertThat(identities.account(identity)).isEqualTo(anna);
    assertThat(operators.trail(null))
        .extracting(AuditEntry::action, AuditEntry::subject)
        .containsOnly(
            org.assertj.core.groups.Tuple.tuple(Action.IDENTITY_LINKED, anna.id().value()))
        .hasSize(3);
  }

  @Test
  void noPasswordIsSetThatNobodyMayHaveAndNoneOfNobody() {
    Account anna = world.created("anna", OLD);
    assertThat(operators.resetPassword(new Handle("nobody"), NEW, ROOT))
        .isEqualTo(new Reset.NoAccount());
    assertThat(operators.resetPassword(anna.handle(), "short", ROOT))
        .isInstanceOf(Reset.Unfit.class);
    assertThat(operators.trail(null)).isEmpty();
    assertThat(world.signIn("anna", OLD)).isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void theTrailTellsEverythingOnceNewestFirstPageByPage() {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Operator operator = issued(Duration.ofDays(1)).operator();
      told.addFirst(operator.id() + " metrics prometheus");
      operators.revoke(operator.id(), ROOT);
      told.addFirst(operator.id().value());
      // Those of one moment are in their order, too.
      world.clock.advance(Duration.ofMillis(i % 4 == 0 ? 1 : 0));
    }
    List<AuditEntry> read = new ArrayList<>();
    List<AuditEntry> page = operators.trail(null);
    while (!page.isEmpty()) {
      assertThat(page.size()).isLessThanOrEqualTo(Limits.AUDIT_PAGE);
      read.addAll(page);
      page = operators.trail(page.getLast().key());
    }
    assertThat(read).extracting(AuditEntry::subject).containsExactlyElementsOf(told);
    assertThat(read)
        .extracting(AuditEntry::at)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @Test
  void whoIsToBeErasedIsInTheTrailAndInTheList() {
    Account anna = world.created("anna", "rowing at dawn");
    assertThat(operators.erase(anna.handle(), Duration.ofDays(7), ROOT))
        .isInstanceOfSatisfying(
            Operators.Erased.Asked.class,
            asked ->
                assertThat(asked.dueAt())
                    .isEqualTo(world.clock.instant().plus(Duration.ofDays(7))));
    assertThat(operators.erase(anna.handle(), Duration.ZERO, ROOT))
        .isEqualTo(new Operators.Erased.Already());
    assertThat(operators.erase(new Handle("nobody"), Duration.ZERO, ROOT))
        .isEqualTo(new Operators.Erased.NoAccount());
    assertThat(operators.erasures())
        .singleElement()
        .satisfies(job -> assertThat(job.user()).isEqualTo(anna.id()));
    assertThat(operators.trail(null))
        .filteredOn(line -> line.action() == AuditEntry.Action.ERASURE_ASKED)
        .allSatisfy(line -> assertThat(line.subject()).isEqualTo(anna.id().value()))
        .hasSize(2);
  }

  /// As many erasures as there may be in one answer, and one more: the one that is due last is left
  /// out.
  @Test
  void aHundredErasuresAreShownTheLongestDueFirst() {
    ErasureItems jobs = new ErasureItems(world.table);
    List<Handle> handles = new ArrayList<>();
    for (int i = 0; i <= Limits.ERASURES_SHOWN; i++) {
      assertThat(operators.erasures())
          .extracting(Erasure::handle)
          .as("with " + i)
          .containsExactlyElementsOf(handles);
      Handle handle = new Handle("leaving_" + i);
      jobs.add(
          new Erasure(
              World.person(i),
              handle,
              world.clock.instant(),
              world.clock.instant().plusSeconds(i),
              new Claim("p".repeat(64), "k".repeat(64)),
              Step.CLOSE,
              null,
              Map.of(),
              0,
              world.clock.instant(),
              1));
      if (i < Limits.ERASURES_SHOWN) {
        handles.add(handle);
      }
    }
    assertThat(handles).hasSize(100);
    assertThat(operators.erasures()).extracting(Erasure::handle).containsExactlyElementsOf(handles);
  }
}
