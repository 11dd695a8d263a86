package parley.api;

import static parley.messaging.operator.Scope.USERS;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Identity;
import parley.messaging.account.Introduction;
import parley.messaging.account.UserId;
import parley.messaging.operator.Users;
import parley.messaging.operator.Users.Whom;

/// What a product calls to keep its list of people and the accounts here in step. In words:
/// docs/identity.md.
///
/// Somebody is named in the query, by exactly one of: issuer and subject, id, handle. An issuer is
/// a URL, which a path cannot hold without being encoded.
final class UserRoutes {
  private static final String PATH = OperatorRoutes.ROOT + "/users";

  private static final Parameter<String> ISSUER =
      Parameter.text("issuer", "The identity provider, as in its tokens; with subject.");
  private static final Parameter<String> SUBJECT =
      Parameter.text("subject", "What the provider calls them in sub; with issuer.");
  private static final Parameter<String> ID = Parameter.text("id", "The account's id.");
  private static final Parameter<String> HANDLE = Parameter.text("handle", "The account's handle.");
  private static final Parameter<Long> DAYS =
      Parameter.wholeNumber(
          "days",
          0,
          Limits.ERASURE_GRACE_MAX.toDays(),
          null,
          "For how long it can be taken back. Left out: for as long as the deployment says.");

  private final Users users;
  private final Providers providers;

  UserRoutes(Users users, Providers providers) {
    this.users = users;
    this.providers = providers;
  }

  /// `handle` and `displayName` are wishes, as an identity provider has them: what cannot be one is
  /// made to fit. `knownBy` is what the provider says of them in the claim by which it is trusted
  /// to know people again, and of no use where it is not.
  record UserWanted(
      ProviderText issuer,
      ProviderText subject,
      @Nullable ProviderText handle,
      @Nullable ProviderText displayName,
      @Nullable ProviderText knownBy) {}

  record UserChange(
      @Nullable Handle handle, @Nullable DisplayName displayName, @Nullable Boolean disabled) {}

  record User(
      UserId id,
      Handle handle,
      DisplayName displayName,
      boolean disabled,
      Instant createdAt,
      @Nullable Instant erasesAt) {
    static User of(Account account) {
      return new User(
          account.id(),
          account.handle(),
          account.displayName(),
          account.isDisabled(),
          account.createdAt(),
          account.erasedAt());
    }
  }

  /// `code` claims the receipt, and is null where the erasure had been asked for before.
  record UserDeleted(UserId id, Handle handle, Instant dueAt, @Nullable String code) {}

  List<OperatorRoute> all() {
    return List.of(
        OperatorRoute.of("POST", PATH, "createUser", USERS, UserWanted.class, this::create),
        OperatorRoute.of("GET", PATH, "getUser", USERS, this::show, ISSUER, SUBJECT, ID, HANDLE),
        OperatorRoute.of(
            "PATCH",
            PATH,
            "changeUser",
            USERS,
            UserChange.class,
            this::change,
            ISSUER,
            SUBJECT,
            ID,
            HANDLE),
        OperatorRoute.of(
            "DELETE",
            OperatorRoutes.ROOT + "/identities",
            "identityGone",
            USERS,
            this::gone,
            ISSUER,
            SUBJECT),
        OperatorRoute.of(
            "DELETE", PATH, "deleteUser", USERS, this::delete, ISSUER, SUBJECT, ID, HANDLE, DAYS));
  }

  private ApiResponse create(OperatorRoute.Call call, UserWanted wanted) {
    Identity identity = identity(wanted.issuer().value(), wanted.subject().value());
    Introduction introduction = Introduction.of(text(wanted.handle()), text(wanted.displayName()));
    String said = text(wanted.knownBy());
    List<String> marks = said == null ? List.of() : providers.marks(identity, said);
    return switch (users.create(identity, introduction, marks, call.admitted().actor())) {
      case Users.Created.Done(Account account, boolean isNew) ->
          OperatorRoutes.json(isNew ? 201 : 200, User.of(account));
      case Users.Created.Gone() -> throw Problem.of(ProblemCode.IDENTITY_GONE).refusal();
      case Users.Created.NotNow() -> throw Problem.of(ProblemCode.TOO_BUSY).refusal();
    };
  }

  private static @Nullable String text(@Nullable ProviderText text) {
    return text == null ? null : text.value();
  }

  private ApiResponse show(OperatorRoute.Call call) {
    Account account = users.find(whom(call));
    if (account == null) {
      throw unknown();
    }
    return OperatorRoutes.json(200, User.of(account));
  }

  private ApiResponse change(OperatorRoute.Call call, UserChange wanted) {
    Users.Change change =
        new Users.Change(wanted.handle(), wanted.displayName(), wanted.disabled());
    return switch (users.change(whom(call), change, call.admitted().actor())) {
      case Users.Changed.Done(Account account) -> OperatorRoutes.json(200, User.of(account));
      case Users.Changed.NoAccount() -> throw unknown();
      case Users.Changed.HandleTaken() ->
          throw Problem.of(ProblemCode.HANDLE_TAKEN).field("handle").refusal();
      case Users.Changed.TooOften(Instant until) ->
          throw Problem.of(ProblemCode.HANDLE_CHANGED_TOO_OFTEN)
              .detail(
                  "As many handles as may be are kept for this account, so it keeps the one that it"
                      + " has. The first of them is free on "
                      + until.truncatedTo(ChronoUnit.SECONDS)
                      + ".")
              .field("handle")
              .refusal();
    };
  }

  private ApiResponse delete(OperatorRoute.Call call) {
    Long days = (Long) call.query().values().get(DAYS);
    Duration grace = days == null ? null : Duration.ofDays(days);
    return switch (users.delete(whom(call), grace, call.admitted().actor())) {
      case Users.Deleted.Asked(Account account, Instant dueAt, String code) ->
          OperatorRoutes.json(200, new UserDeleted(account.id(), account.handle(), dueAt, code));
      case Users.Deleted.Already(Account account, Instant dueAt) ->
          OperatorRoutes.json(200, new UserDeleted(account.id(), account.handle(), dueAt, null));
      case Users.Deleted.NoAccount() -> throw unknown();
    };
  }

  private ApiResponse gone(OperatorRoute.Call call) {
    String issuer = given(call, ISSUER);
    String subject = given(call, SUBJECT);
    Identity identity = identity(issuer == null ? "" : issuer, subject == null ? "" : subject);
    Account account = users.gone(identity, call.admitted().actor());
    if (account == null) {
      throw unknown();
    }
    return OperatorRoutes.json(200, User.of(account));
  }

  /// Who is meant, or a refusal. An id or a handle that cannot be one is told like one that nobody
  /// has.
  private static Whom whom(OperatorRoute.Call call) {
    String issuer = given(call, ISSUER);
    String subject = given(call, SUBJECT);
    String id = given(call, ID);
    String handle = given(call, HANDLE);
    boolean identified = issuer != null || subject != null;
    if ((identified ? 1 : 0) + (id == null ? 0 : 1) + (handle == null ? 0 : 1) != 1) {
      throw Faults.of(
          "issuer",
          new Parsed.Bad<>(
              "who_unclear",
              "Say who is meant by exactly one of: issuer and subject, id, handle."));
    }
    if (id != null) {
      if (!UserId.isId(id)) {
        throw unknown();
      }
      return new Whom.WithId(new UserId(id));
    }
    if (handle != null) {
      return switch (Handle.parse(handle)) {
        case Parsed.Good<Handle>(Handle good) -> new Whom.WithHandle(good);
        case Parsed.Bad<Handle> _ -> throw unknown();
      };
    }
    return new Whom.Identified(
        identity(issuer == null ? "" : issuer, subject == null ? "" : subject));
  }

  private static Refusal unknown() {
    return Problem.of(ProblemCode.ACCOUNT_UNKNOWN)
        .detail("Nobody is known by that. Check it, or make an account with POST " + PATH + ".")
        .refusal();
  }

  private static @Nullable String given(OperatorRoute.Call call, Parameter<String> parameter) {
    return (String) call.query().values().get(parameter);
  }

  /// An identity, or a refusal that names what is wrong with it.
  static Identity identity(String issuer, String subject) {
    return switch (Identity.parse(issuer, subject)) {
      case Parsed.Good<Identity>(Identity good) -> good;
      case Parsed.Bad<Identity> bad ->
          throw Faults.of(bad.code().equals("issuer_invalid") ? "issuer" : "subject", bad);
    };
  }
}
