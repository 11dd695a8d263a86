package parley.api;

import static parley.api.ProblemCode.CREDENTIALS_WRONG;
import static parley.api.ProblemCode.STORE_UNAVAILABLE;
import static parley.api.ProblemCode.TOO_BUSY;

import java.time.Instant;
import java.util.List;
import parley.api.People.Person;
import parley.messaging.account.Handle;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.account.SessionToken;
import parley.messaging.account.Sessions;
import parley.messaging.account.SignIn.Refused;
import parley.messaging.account.SignIn.SignedIn;

/// Signing in and out.
final class SessionRoutes {
  private final Sessions sessions;

  SessionRoutes(Sessions sessions) {
    this.sessions = sessions;
  }

  @Wire(name = "SignIn", doc = "Who one is.")
  record SignIn(
      @Doc("The account's handle, in capitals or not.") Handle handle,
      @Doc("The account's password.") PasswordAttempt password) {}

  @Wire(name = "SessionStarted", doc = "A session that has begun.")
  record SessionStarted(
      @Doc("Whose it is.") Person account,
      @Doc("Send it as Authorization: Bearer. It is not shown again.") SessionToken token,
      @Doc("When the session ends by itself.") Instant expiresAt) {
    static SessionStarted of(SignedIn signedIn) {
      return new SessionStarted(
          Person.of(signedIn.account()), signedIn.token(), signedIn.expiresAt());
    }
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/sessions", "signIn", "Signs in.")
            .forAnybody()
            .answers(SessionStarted.class, 201)
            .refuses(CREDENTIALS_WRONG, TOO_BUSY, STORE_UNAVAILABLE)
            .by(SignIn.class, this::signIn),
        Route.delete("/api/sessions/current", "signOut", "Ends this session.").by(this::signOut),
        Route.delete("/api/sessions", "signOutEverywhere", "Ends every session of this account.")
            .by(this::signOutEverywhere));
  }

  private Answer<SessionStarted> signIn(Call call, SignIn body) {
    return switch (sessions.signIn(body.handle(), body.password())) {
      case SignedIn signedIn -> Answer.created(SessionStarted.of(signedIn));
      case Refused() -> throw Problem.of(CREDENTIALS_WRONG).refusal();
    };
  }

  private Answer<Answer.Nothing> signOut(Call call) {
    sessions.end(call.session().id());
    return Answer.nothing();
  }

  private Answer<Answer.Nothing> signOutEverywhere(Call call) {
    sessions.endAll(call.myId());
    return Answer.nothing();
  }
}
