package parley.api;

import static parley.api.ProblemCode.HANDLE_CHANGED_TOO_OFTEN;
import static parley.api.ProblemCode.HANDLE_TAKEN;
import static parley.api.ProblemCode.ORIGIN_REFUSED;
import static parley.api.ProblemCode.PASSWORD_WRONG;
import static parley.api.ProblemCode.SIGN_IN_PAUSED;
import static parley.api.ProblemCode.STORE_UNAVAILABLE;
import static parley.api.ProblemCode.TOKEN_INVALID;
import static parley.api.ProblemCode.TOO_BUSY;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.api.People.Person;
import parley.api.SessionRoutes.SessionStarted;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.HandleChange;
import parley.messaging.account.Password;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.account.PasswordChange.Changed;
import parley.messaging.account.PasswordChange.WrongPassword;
import parley.messaging.account.Sessions;
import parley.messaging.account.SignUp.Created;
import parley.messaging.account.SignUp.HandleTaken;
import parley.messaging.account.SignUp.Paused;
import parley.messaging.account.Source;
import parley.messaging.account.UserId;

/// Signing up, one's own account, and finding people.
final class AccountRoutes {
  private static final Parameter<String> PREFIX =
      Parameter.required(
          "prefix",
          Parsed::good,
          Map.of(
              "type",
              "string",
              "pattern",
              "^[A-Za-z0-9_]{" + Limits.HANDLE_MIN + "," + Limits.HANDLE_MAX + "}$"),
          "The first characters of a handle, two or more.");

  private final Accounts accounts;
  private final Sessions sessions;
  private final SessionCookie cookie;

  AccountRoutes(UseCases useCases, SessionCookie cookie) {
    this.accounts = useCases.accounts();
    this.sessions = useCases.sessions();
    this.cookie = cookie;
  }

  @Wire(name = "SignUp", doc = "A new account.")
  record SignUp(
      @Doc("The name by which others find it; capitals are lowered.") Handle handle,
      @Doc("The name that others see: on one line, not blank.") DisplayName displayName,
      @Doc(
              "Taken exactly as it is. Refused if it is a name of this account or a very common"
                  + " password.")
          NewPassword password,
      @Doc(SessionRoutes.TRANSPORT) @Nullable Transport transport) {}

  @Wire(name = "AccountChange", doc = "What to change. What is left out stays.")
  record AccountChange(
      @Doc(
              "The name by which others find it. The old one is kept for this account for 30 days, and"
                  + " at most three are kept at once.")
          @Nullable Handle handle,
      @Doc("The name that others see: on one line, not blank.")
          @Nullable DisplayName displayName) {}

  @Wire(name = "PasswordChange", doc = "A new password for one's own account.")
  record PasswordChange(
      @Doc("The password until now.") PasswordAttempt current,
      @Doc(
              "Taken exactly as it is. Refused if it is a name of this account or a very common"
                  + " password.")
          @JsonProperty("new")
          NewPassword next) {}

  @Wire(name = "AccountsFound", doc = "People whose handle begins so.")
  record AccountsFound(
      @Doc("At most 10, by handle; the one with exactly this handle comes first.")
          List<Person> items) {
    AccountsFound {
      items = List.copyOf(items);
    }
  }

  List<Route> routes() {
    return List.of(
        Route.post("/api/accounts", "signUp", "Makes an account, and signs it in.")
            .forAnybody()
            .answers(SessionStarted.class, 201)
            .limited(RateLimit.SIGN_UP)
            .refuses(HANDLE_TAKEN, ORIGIN_REFUSED, SIGN_IN_PAUSED, TOO_BUSY, STORE_UNAVAILABLE)
            .by(SignUp.class, this::signUp),
        Route.get("/api/accounts", "findAccounts", "Finds people by the beginning of their handle.")
            .limited(RateLimit.LOOK_UP)
            .takes(PREFIX)
            .answers(AccountsFound.class, 200)
            .by(this::find),
        Route.get("/api/me", "getMe", "One's own account.")
            .limited(RateLimit.GENERAL)
            .answers(Person.class, 200)
            .by(call -> Answer.ok(Person.self(call.me()))),
        Route.patch("/api/me", "changeMe", "Changes one's own account.")
            .limited(RateLimit.GENERAL)
            .answers(Person.class, 200)
            .refuses(HANDLE_TAKEN, HANDLE_CHANGED_TOO_OFTEN)
            .by(AccountChange.class, this::change),
        Route.put("/api/me/password", "changePassword", "Changes one's own password.")
            .limited(RateLimit.SIGN_IN)
            .refuses(PASSWORD_WRONG, TOO_BUSY)
            .by(PasswordChange.class, this::changePassword));
  }

  private Answer<SessionStarted> signUp(Call call, SignUp body) {
    Transport transport = SessionRoutes.transport(call, body.transport());
    Password password = password("password", body.password(), body.handle(), body.displayName());
    Source source = call.admission().source();
    return switch (accounts.signUp(body.handle(), body.displayName(), password, source)) {
      case Created(Account account) ->
          SessionStarted.of(sessions.start(account), transport, cookie);
      case HandleTaken() -> throw Problem.of(HANDLE_TAKEN).field("handle").refusal();
      case Paused(Duration wait) -> throw Admission.refusal(SIGN_IN_PAUSED, wait);
    };
  }

  /// A new password, judged by whose it would be.
  private static Password password(
      String field, NewPassword wanted, Handle handle, DisplayName displayName) {
    return switch (Password.parse(wanted.value(), handle, displayName)) {
      case Parsed.Good<Password>(Password password) -> password;
      case Parsed.Bad<Password> bad -> throw Faults.of(field, bad);
    };
  }

  private Answer<AccountsFound> find(Call call) {
    Parsed<List<Account>> outcome =
        call.admission()
            .show(
                call.myId(),
                Limits.PEOPLE_FOUND,
                () -> accounts.find(call.get(PREFIX)),
                AccountRoutes::ids);
    return switch (outcome) {
      case Parsed.Good<List<Account>>(List<Account> found) ->
          Answer.ok(new AccountsFound(found.stream().map(Person::of).toList()));
      case Parsed.Bad<List<Account>> bad -> throw Faults.of(PREFIX.name(), bad);
    };
  }

  private static List<UserId> ids(Parsed<List<Account>> outcome) {
    return outcome instanceof Parsed.Good<List<Account>>(List<Account> found)
        ? found.stream().map(Account::id).toList()
        : List.of();
  }

  private Answer<Person> change(Call call, AccountChange body) {
    Handle handle = body.handle();
    DisplayName displayName = body.displayName();
    Account account = handle == null ? call.me() : handled(call, handle);
    if (displayName != null) {
      account = accounts.rename(call.myId(), displayName);
    }
    if (account == null) {
      // Erased a moment ago, and every session with it.
      throw Problem.of(TOKEN_INVALID).refusal();
    }
    return Answer.ok(Person.self(account));
  }

  private Account handled(Call call, Handle handle) {
    return switch (accounts.changeHandle(call.myId(), handle)) {
      case HandleChange.Changed(Account account) -> account;
      case HandleChange.Taken() -> throw Problem.of(HANDLE_TAKEN).field("handle").refusal();
      case HandleChange.TooOften(Instant until) ->
          throw Problem.of(HANDLE_CHANGED_TOO_OFTEN)
              .detail(
                  "As many handles as may be are kept for you, so this was not changed. The first of"
                      + " them is free on "
                      + until.truncatedTo(ChronoUnit.SECONDS)
                      + "; you may have any of them back now.")
              .field("handle")
              .refusal();
      case HandleChange.NoAccount() -> throw Problem.of(TOKEN_INVALID).refusal();
    };
  }

  private Answer<Answer.Nothing> changePassword(Call call, PasswordChange body) {
    Account me = call.me();
    Password next = password("new", body.next(), me.handle(), me.displayName());
    return switch (sessions.changePassword(call.session(), body.current(), next)) {
      case Changed _ -> Answer.nothing();
      case WrongPassword() -> throw Problem.of(PASSWORD_WRONG).field("current").refusal();
    };
  }
}
