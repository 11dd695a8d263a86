package parley.api;

import static parley.api.ProblemCode.DEMO_PERSON_NOT_FOUND;
import static parley.api.ProblemCode.ORIGIN_REFUSED;
import static parley.api.ProblemCode.STORE_UNAVAILABLE;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import parley.api.SessionRoutes.SessionStarted;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.Handle;
import parley.messaging.account.Sessions;
import parley.messaging.account.UserId;

/// Signing in as one of the people of a demonstration.
final class DemoRoutes {
  private final Demo demo;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SessionCookie cookie;

  DemoRoutes(Demo demo, UseCases useCases, SessionCookie cookie) {
    this.demo = demo;
    this.accounts = useCases.accounts();
    this.sessions = useCases.sessions();
    this.cookie = cookie;
  }

  @Wire(name = "DemoSignIn", doc = "Whom of a demonstration to be.")
  record DemoSignIn(@Doc("One of those that GET /api/config offers.") Handle handle) {}

  List<Route> routes() {
    return List.of(
        Route.post(
                "/api/demo/sessions",
                "signInToDemo",
                "Signs in as one of the people of a demonstration, into a cookie. Taken only from"
                    + " this server's own pages, on the machine that it runs on.")
            .forAnybody()
            .answers(SessionStarted.class, 201)
            .limited(RateLimit.SIGN_IN)
            .refuses(DEMO_PERSON_NOT_FOUND, ORIGIN_REFUSED, STORE_UNAVAILABLE)
            .by(DemoSignIn.class, this::signIn));
  }

  /// Those that there are, in the order in which they are offered.
  static List<People.Person> people(Demo demo, Accounts accounts) {
    List<UserId> ids = demo.people();
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<UserId, Account> known = accounts.byIds(ids);
    return ids.stream().map(known::get).filter(Objects::nonNull).map(People.Person::of).toList();
  }

  private Answer<SessionStarted> signIn(Call call, DemoSignIn body) {
    if (!call.own() || !call.isFromThisMachine()) {
      throw Problem.of(ORIGIN_REFUSED).refusal();
    }
    List<UserId> ids = demo.people();
    return accounts.byIds(ids).values().stream()
        .filter(account -> account.handle().equals(body.handle()))
        .findFirst()
        .map(account -> SessionStarted.of(sessions.start(account), Transport.COOKIE, cookie))
        .orElseThrow(() -> Problem.of(DEMO_PERSON_NOT_FOUND).refusal());
  }
}
