package parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import parley.messaging.account.Account;
import parley.messaging.account.Authenticated;
import parley.messaging.account.Password;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.account.PasswordChange;
import parley.messaging.account.PasswordHasher;
import parley.messaging.account.Session;
import parley.messaging.account.SessionToken;
import parley.messaging.account.SignIn;
import parley.messaging.account.TooBusy;
import parley.messaging.account.UserId;
import parley.store.AccountWorld.Crash;
import parley.store.AccountWorld.Crashed;
import parley.store.AccountWorld.Meanwhile;
import parley.store.TableDesign.Entity;

/// Sessions: how they begin, and everything that ends them.
class SessionTest {
  private static final String OLD = "violets are bluish";
  private static final String NEW = "roses are reddish";
  private static final Duration TICK = Duration.ofMillis(1);

  private final UnitMeter meter = new UnitMeter();
  private final AccountWorld world = AccountWorld.metered(meter);
  private final AccountWorld elsewhere = world.restarted();
  private final Account anna = world.created("anna", OLD);

  @BeforeEach
  void later() {
    world.clock.advance(Duration.ofMinutes(1));
    meter.reset();
  }

  private Authenticated who(AccountWorld server, SessionToken token) {
    Authenticated who = server.sessions.who(token);
    if (who == null) {
      throw new AssertionError("the session is over");
    }
    return who;
  }

  private PasswordChange change(AccountWorld server, Session session, String old, String next) {
    return server.sessions.changePassword(session, new PasswordAttempt(old), new Password(next));
  }

  @Test
  void aSignInCostsOneWriteAndThreeReads() {
    world.token("anna", OLD);
    assertThat(meter.writes()).isEqualTo(1);
    assertThat(meter.reads()).isLessThanOrEqualTo(3);
  }

  @Test
  void aSessionSaysWhoItIs() {
    SignIn.SignedIn in = (SignIn.SignedIn) world.signIn("anna", OLD);
    assertThat(in.account()).isEqualTo(anna);
    assertThat(in.expiresAt()).isEqualTo(world.clock.instant().plus(Limits.SESSION_LIFE));
    for (AccountWorld server : List.of(world, elsewhere)) {
      Authenticated who = who(server, in.token());
      assertThat(who.account()).isEqualTo(anna);
      assertThat(who.session())
          .isEqualTo(
              new Session(in.token().id(), anna.id(), world.clock.instant(), in.expiresAt()));
    }
  }

  @Test
  void theTokenIsNotInTheTable() {
    SessionToken token = world.token("anna", OLD);
    String table =
        TestTables.engine().client().scan(r -> r.tableName(world.table.name())).toString();
    assertThat(table).contains(token.id().value()).doesNotContain(token.value().substring(3));
  }

  @ParameterizedTest
  @CsvSource({"anna,roses are reddish", "anna,VIOLETS ARE BLUISH", "bert,violets are bluish"})
  void otherwiseItIsRefusedAndNoSessionIsWritten(String handle, String password) {
    assertThat(world.signIn(handle, password)).isEqualTo(new SignIn.Refused());
    assertThat(meter.writes()).as("the failure is counted").isEqualTo(1);
    assertThat(world.items(Entity.SESSION)).isEmpty();
  }

  @Test
  void anUnknownHandleTakesAHashToo() {
    // One that makes no hash at all gives away who asks for one.
    PasswordHasher none =
        new PasswordHasher(
            new SecureRandom(), new PasswordHasher.Cost(64, 1, 0, 0, Duration.ofMillis(1)));
    AccountWorld busy = new AccountWorld(world.table, world.clock, none);
    assertThatThrownBy(() -> busy.signIn("nobody", OLD)).isInstanceOf(TooBusy.class);
    assertThatThrownBy(() -> busy.signIn("anna", OLD)).isInstanceOf(TooBusy.class);
  }

  @Test
  void anUnknownHandleTakesTheSameReads() {
    world.signIn("anna", NEW);
    double known = meter.reads();
    meter.reset();
    world.signIn("nobody", NEW);
    // An engine may report nothing for what is not there; it never reports more.
    assertThat(meter.reads()).isLessThanOrEqualTo(known);
  }

  @Test
  void aTokenThatWasNeverGivenOutIsNobodys() {
    assertThat(world.isIn(new SessionToken("ps_" + "A".repeat(43)))).isFalse();
  }

  @Test
  void itLastsThirtyDaysEvenIfItIsNotDeleted() {
    SessionToken token = world.token("anna", OLD);
    world.clock.advance(Limits.SESSION_LIFE.minus(TICK));
    assertThat(world.isIn(token)).isTrue();
    assertThat(elsewhere.isIn(token)).isTrue();
    // It is in memory now, and over all the same.
    world.clock.advance(TICK);
    assertThat(world.isIn(token)).isFalse();
    assertThat(elsewhere.isIn(token)).isFalse();
    assertThat(world.restarted().isIn(token)).isFalse();
    assertThat(world.items(Entity.SESSION)).hasSize(1);
  }

  @Test
  void signingOutEndsOneAtOnceHereAndFiveSecondsLaterElsewhere() {
    SessionToken one = world.token("anna", OLD);
    SessionToken other = world.token("anna", OLD);
    assertThat(world.isIn(one)).isTrue();
    assertThat(elsewhere.isIn(one)).isTrue();
    world.sessions.end(one.id());
    assertThat(world.isIn(one)).isFalse();
    assertThat(world.restarted().isIn(one)).isFalse();
    world.clock.advance(Limits.ACCOUNT_STALENESS);
    assertThat(elsewhere.isIn(one)).isFalse();
    assertThat(world.isIn(other)).isTrue();
    world.sessions.end(one.id());
  }

  @Test
  void whoIsRememberedIsNotRead() {
    SessionToken token = world.token("anna", OLD);
    who(world, token);
    meter.reset();
    for (int i = 0; i < 10; i++) {
      who(world, token);
    }
    assertThat(meter.reads()).isZero();
  }

  @Test
  void signingOutEverywhereEndsAll() {
    SessionToken one = world.token("anna", OLD);
    SessionToken other = elsewhere.token("anna", OLD);
    world.created("bert", OLD);
    SessionToken berts = world.token("bert", OLD);
    who(elsewhere, one);
    who(elsewhere, other);
    meter.reset();
    world.sessions.endAll(anna.id());
    assertThat(meter.writes()).isEqualTo(1);
    assertThat(world.isIn(one)).isFalse();
    assertThat(world.isIn(other)).isFalse();
    assertThat(world.isIn(berts)).isTrue();
    world.clock.advance(Limits.ACCOUNT_STALENESS);
    assertThat(elsewhere.isIn(one)).isFalse();
    assertThat(elsewhere.isIn(other)).isFalse();
  }

  @Test
  void aSessionThatBeginsInTheSameMillisecondIsANewOne() {
    SessionToken before = world.token("anna", OLD);
    world.sessions.endAll(anna.id());
    SessionToken after = world.token("anna", OLD);
    assertThat(world.isIn(before)).isFalse();
    assertThat(world.isIn(after)).isTrue();
    // And is ended by the next sign-out everywhere, still in the same millisecond.
    elsewhere.sessions.endAll(anna.id());
    assertThat(elsewhere.isIn(after)).isFalse();
    assertThat(elsewhere.isIn(elsewhere.token("anna", OLD))).isTrue();
  }

  @Test
  void aClockThatIsBehindRevivesNothing() {
    SessionToken before = world.token("anna", OLD);
    world.clock.advance(Duration.ofSeconds(30));
    world.sessions.endAll(anna.id());
    world.clock.advance(Duration.ofSeconds(-30));
    AccountWorld behind = world.restarted();
    behind.sessions.endAll(anna.id());
    assertThat(world.restarted().isIn(before)).isFalse();
    SessionToken after = behind.token("anna", OLD);
    assertThat(world.restarted().isIn(after)).isTrue();
    behind.sessions.endAll(anna.id());
    assertThat(behind.isIn(after)).isFalse();
  }

  @Test
  void signingOutOfNoAccountWritesNone() {
    world.sessions.endAll(World.person(7));
    assertThat(world.items(Entity.ACCOUNT)).hasSize(1);
  }

  @Test
  void aSignUpStartsASession() {
    Account bert = world.created("bert", OLD);
    SignIn.SignedIn in = world.sessions.start(bert);
    assertThat(who(elsewhere, in.token()).account()).isEqualTo(bert);
  }

  @Test
  void aSessionThatBeganSilentlyIsNeverFresh() {
    Account bert = world.created("bert", OLD);
    Session asked = who(elsewhere, world.sessions.start(bert).token()).session();
    SessionToken token = world.sessions.startSilently(bert).token();
    Session silent = who(elsewhere, token).session();
    assertThat(silent.silent()).isTrue();
    assertThat(world.sessions.isFresh(asked)).isTrue();
    assertThat(elsewhere.sessions.isFresh(silent)).isFalse();
    // Whoever gives the password in it has shown who they are.
    assertThat(change(world, silent, OLD, NEW)).isInstanceOf(PasswordChange.Changed.class);
    assertThat(world.sessions.isFresh(who(world.restarted(), token).session())).isTrue();
  }

  @Test
  void aChangeOfPasswordKeepsThisSessionAndEndsTheOthers() {
    SessionToken mine = world.token("anna", OLD);
    SessionToken others = world.token("anna", OLD);
    who(elsewhere, mine);
    who(elsewhere, others);
    Session session = who(world, mine).session();
    meter.reset();
    assertThat(change(world, session, OLD, NEW)).isInstanceOf(PasswordChange.Changed.class);
    assertThat(meter.writes()).isEqualTo(3);
    assertThat(world.isIn(mine)).isTrue();
    assertThat(world.isIn(others)).isFalse();
    assertThat(world.restarted().isIn(mine)).isTrue();
    assertThat(world.restarted().isIn(others)).isFalse();
    assertThat(world.signIn("anna", OLD)).isInstanceOf(SignIn.Refused.class);
    assertThat(elsewhere.signIn("anna", NEW)).isInstanceOf(SignIn.SignedIn.class);
    // It lasts as long as it would have.
    assertThat(who(world, mine).session().expiresAt()).isEqualTo(session.expiresAt());
    // Elsewhere the session is remembered as it was, and the account already known as it is.
    elsewhere.accounts.forget(anna.id());
    assertThat(elsewhere.isIn(mine)).isTrue();
    assertThat(elsewhere.isIn(others)).isFalse();
  }

  @Test
  void aWrongPasswordChangesNothing() {
    SessionToken mine = world.token("anna", OLD);
    SessionToken others = world.token("anna", OLD);
    Session session = who(world, mine).session();
    meter.reset();
    assertThat(change(world, session, "something else", NEW))
        .isEqualTo(new PasswordChange.WrongPassword());
    assertThat(meter.writes()).isZero();
    assertThat(world.isIn(mine)).isTrue();
    assertThat(world.isIn(others)).isTrue();
    assertThat(world.signIn("anna", OLD)).isInstanceOf(SignIn.SignedIn.class);
  }

  /// Hash, this session, the end of the others.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aChangeThatDiedHalfWayIsFinishedByTryingAgain(int at) {
    SessionToken mine = world.token("anna", OLD);
    SessionToken others = world.token("anna", OLD);
    Session session = who(world, mine).session();
    assertThatThrownBy(() -> change(world.hooked(new Crash(at, true)), session, OLD, NEW))
        .isInstanceOf(Crashed.class);
    AccountWorld next = world.restarted();
    // Whatever happened: the person is still in, and can do it again with what they know.
    Session now = who(next, mine).session();
    assertThat(change(next, now, OLD, NEW)).isInstanceOf(PasswordChange.Changed.class);
    assertThat(next.isIn(mine)).isTrue();
    assertThat(world.restarted().isIn(mine)).isTrue();
    assertThat(world.restarted().isIn(others)).isFalse();
    assertThat(next.signIn("anna", OLD)).isInstanceOf(SignIn.Refused.class);
    assertThat(next.signIn("anna", NEW)).isInstanceOf(SignIn.SignedIn.class);
  }

  @Test
  void ofTwoChangesAtOnceOneCounts() {
    Session session = who(world, world.token("anna", OLD)).session();
    List<PasswordChange> first = new ArrayList<>();
    Meanwhile other =
        new Meanwhile(
            1, () -> first.add(change(world.restarted(), session, OLD, "a third password")));
    assertThat(change(world.hooked(other), session, OLD, NEW))
        .isEqualTo(new PasswordChange.WrongPassword());
    assertThat(first.getFirst()).isInstanceOf(PasswordChange.Changed.class);
    assertThat(world.signIn("anna", "a third password")).isInstanceOf(SignIn.SignedIn.class);
  }

  /// The sign-in has read the old hash (a Query), or is about to store its session (a write), when
  /// the change goes through.
  @ParameterizedTest
  @ValueSource(strings = {"query", "putItem"})
  void aSignInByTheOldPasswordDoesNotOutliveTheChange(String operation) {
    SessionToken mine = world.token("anna", OLD);
    Session session = who(world, mine).session();
    AccountWorld.WriteHook changing =
        new AccountWorld.WriteHook() {
          @Override
          Set<String> operations() {
            return Set.of(operation);
          }

          @Override
          Object around(int number, AccountWorld.Write call) {
            Object read = operation.equals("query") ? call.make() : "";
            world.clock.advance(Duration.ofSeconds(1));
            change(world.restarted(), session, OLD, NEW);
            world.clock.advance(Duration.ofSeconds(1));
            return operation.equals("query") ? read : call.make();
          }
        };
    SessionToken late = world.hooked(changing).token("anna", OLD);
    assertThat(changing.writes()).isEqualTo(1);
    assertThat(world.restarted().isIn(late)).isFalse();
    assertThat(world.restarted().isIn(mine)).isTrue();
  }

  @Test
  void aSessionThatWasEndedDuringTheChangeStaysEnded() {
    SessionToken mine = world.token("anna", OLD);
    Session session = who(world, mine).session();
    world.restarted().sessions.end(session.id());
    change(world, session, OLD, NEW);
    assertThat(world.restarted().isIn(mine)).isFalse();
    assertThat(world.items(Entity.SESSION)).isEmpty();
  }

  @Test
  void aSessionOfNobodyIsOver() {
    UserId nobody = World.person(9);
    Account ghost =
        new Account(nobody, anna.handle(), anna.displayName(), anna.createdAt(), anna.notBefore());
    SessionToken token = world.sessions.start(ghost).token();
    assertThat(world.isIn(token)).isFalse();
  }
}
