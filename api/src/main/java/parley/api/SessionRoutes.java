package parley.api;

import static parley.api.ProblemCode.ACCOUNT_DISABLED;
import static parley.api.ProblemCode.CREDENTIALS_WRONG;
import static parley.api.ProblemCode.ORIGIN_REFUSED;
import static parley.api.ProblemCode.SIGN_IN_PAUSED;
import static parley.api.ProblemCode.STORE_UNAVAILABLE;
import static parley.api.ProblemCode.TOKEN_OF_PROVIDER;
import static parley.api.ProblemCode.TOO_BUSY;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.api.People.Person;
import parley.messaging.account.Handle;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.account.SessionToken;
import parley.messaging.account.Sessions;
import parley.messaging.account.SignIn.Disabled;
import parley.messaging.account.SignIn.Paused;
import parley.messaging.account.SignIn.Refused;
import parley.messaging.account.SignIn.SignedIn;

/// Signing in and out.
final class SessionRoutes {
  private final Sessions sessions;
  private final SessionCookie cookie;

  SessionRoutes(Sessions sessions, SessionCookie cookie) {
    this.sessions = sessions;
    this.cookie = cookie;
  }

  @Wire(name = "SignIn", doc = "Who one is.")
  record SignIn(
      @Doc("The account's handle, in capitals or not.") Handle handle,
      @Doc("The account's password.") PasswordAttempt password,
      @Doc(TRANSPORT) @Nullable Transport transport) {}

  static final String TRANSPORT =
      "Where the token goes: bearer (unless said otherwise), into the answer; cookie, into a cookie"
          + " that scripts cannot read, for this server's own pages alone.";

  @Wire(name = "SessionStarted", doc = "A session that has begun.")
  record SessionStarted(
      @Doc("Whose it is.") Person account,
      @Doc(
              "Send it as Authorization: Bearer. It is not shown again. Null where transport was"
                  + " cookie.")
          @Nullable SessionToken token,
      @Doc("When the session ends by itself.") Instant expiresAt) {
    static Answer<SessionStarted> of(SignedIn signedIn, Transport transport, SessionCookie cookie) {
      boolean hidden = transport == Transport.COOKIE;
      Answer<SessionStarted> answer =
          Answer.created(
              new SessionStarted(
                  Person.self(signedIn.account()),
                  hidden ? null : signedIn.token(),
                  signedIn.expiresAt()));
      return hidden ? answer.with(cookie.kept(signedIn.token())) : answer;
    }
  }

  /// How the token of a new session is to travel. A cookie is for own pages only: others could sign
  /// people in as somebody else, and read what they then write.
  static Transport transport(Call call, @Nullable Transport given) {
    Transport transport = Transport.or(given);
    if (transport == Transport.COOKIE && !call.own()) {
      throw Problem.of(ORIGIN_REFUSED).refusal();
    }
    return transport;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/sessions", "signIn", "Signs in.")
            .forAnybody()
            .answers(SessionStarted.class, 201)
            .limited(RateLimit.SIGN_IN)
            .refuses(
                CREDENTIALS_WRONG,
                ACCOUNT_DISABLED,
                ORIGIN_REFUSED,
                SIGN_IN_PAUSED,
                TOO_BUSY,
                STORE_UNAVAILABLE)
            .by(SignIn.class, this::signIn),
        Route.delete("/api/sessions/current", "signOut", "Ends this session.")
            .limited(RateLimit.GENERAL)
            .refuses(TOKEN_OF_PROVIDER)
            .by(this::signOut),
        Route.delete("/api/sessions", "signOutEverywhere", "Ends every session of this account.")
            .limited(RateLimit.GENERAL)
            .by(this::signOutEverywhere));
  }

  private Answer<SessionStarted> signIn(Call call, SignIn body) {
    Transport transport = transport(call, body.transport());
    return switch (sessions.signIn(body.handle(), body.password(), call.admission().source())) {
      case SignedIn signedIn -> SessionStarted.of(signedIn, transport, cookie);
      case Refused() -> throw Problem.of(CREDENTIALS_WRONG).refusal();
      case Disabled() -> throw Problem.of(ACCOUNT_DISABLED).refusal();
      case Paused(Duration wait) -> throw Admission.refusal(SIGN_IN_PAUSED, wait);
    };
  }

  private Answer<Answer.Nothing> signOut(Call call) {
    if (call.isByProvider()) {
      throw Problem.of(TOKEN_OF_PROVIDER).refusal();
    }
    sessions.end(call.session().id());
    return over(call);
  }

  private Answer<Answer.Nothing> signOutEverywhere(Call call) {
    sessions.endAll(call.myId());
    return over(call);
  }

  private Answer<Answer.Nothing> over(Call call) {
    Answer<Answer.Nothing> answer = Answer.nothing();
    return call.isByCookie() ? answer.with(cookie.cleared()) : answer;
  }
}
