package parley.api;

import static parley.messaging.operator.Scope.ACCOUNTS;
import static parley.messaging.operator.Scope.METRICS;
import static parley.messaging.operator.Scope.OPERATORS;
import static parley.messaging.operator.Scope.REPORTS;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.account.Account;
import parley.messaging.account.Handle;
import parley.messaging.account.Identity;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.Erasure;
import parley.messaging.export.Exports;
import parley.messaging.message.Text;
import parley.messaging.operator.AuditEntry;
import parley.messaging.operator.Operator;
import parley.messaging.operator.OperatorId;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.OperatorToken;
import parley.messaging.operator.Operators;
import parley.messaging.operator.Operators.Erased;
import parley.messaging.operator.Operators.Relinked;
import parley.messaging.operator.Operators.Reset;
import parley.messaging.operator.Scope;
import parley.messaging.report.Reason;
import parley.messaging.report.ReportedMessage;
import parley.messaging.report.Reports;

/// The one table of what operators can call.
final class OperatorRoutes {
  static final String ROOT = "/operator";

  private static final Pattern KEY = Pattern.compile("[0-9]{13}-[a-z2-7]{10}");
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private static final Pattern REPORT_KEY = Pattern.compile("[0-9]{13}-[a-z2-7]{16}-[0-9]{12}");

  private static final Parameter<String> BEFORE_REPORT =
      Parameter.text("before", "The last page's next: the page is of what was reported before it.");
  private static final Parameter<String> BEFORE =
      Parameter.text("before", "The key of a line: the page is of those before it.");

  private final Operators operators;
  private final Supplier<String> metrics;

  /// `metrics` gives what `/metrics` answers, in the text format of Prometheus.
  OperatorRoutes(Operators operators, Supplier<String> metrics) {
    this.operators = operators;
    this.metrics = metrics;
  }

  record NewToken(
      OperatorName name,
      List<Scope> scopes,
      @Range(min = 1, max = Bounds.TOKEN_LIFE_SECONDS) long seconds) {}

  record TokenMade(OperatorToken token, OperatorId id, Instant expiresAt) {}

  record Token(
      OperatorId id, OperatorName name, List<Scope> scopes, Instant createdAt, Instant expiresAt) {}

  record Tokens(List<Token> items) {}

  record Line(String key, Instant at, String actor, String action, String subject) {}

  record Trail(List<Line> items) {}

  record PasswordWanted(NewPassword password) {}

  record PasswordSet(Handle handle) {}

  record IdentityWanted(ProviderText issuer, ProviderText subject) {}

  record IdentityLinked(Handle handle) {}

  record ErasureOrdered(
      Handle handle, @Range(min = 0, max = Bounds.ERASURE_GRACE_DAYS) long days) {}

  record ErasureMade(Handle handle, Instant dueAt, String code) {}

  record ExportOrdered(Handle handle) {}

  record ExportMade(String code) {}

  record ErasureShown(
      Handle handle, Instant askedAt, Instant dueAt, String next, Instant nextAt, long removed) {}

  record ErasuresShown(List<ErasureShown> items) {}

  record ReportShown(
      String key,
      Instant at,
      Instant keptUntil,
      UserId reporter,
      Reason reason,
      ConversationId conversation,
      long target,
      UserId from,
      long seq,
      Instant sentAt,
      Text text) {}

  record ReportsShown(List<ReportShown> items, @Nullable String next) {}

  List<OperatorRoute> all() {
    return List.of(
        OperatorRoute.of("GET", "/metrics", "metrics", METRICS, _ -> metrics()),
        OperatorRoute.of("GET", ROOT + "/tokens", "listTokens", OPERATORS, _ -> tokens()),
        OperatorRoute.of(
            "POST", ROOT + "/tokens", "makeToken", OPERATORS, NewToken.class, this::make),
        OperatorRoute.of("DELETE", ROOT + "/tokens/{id}", "revokeToken", OPERATORS, this::revoke),
        OperatorRoute.of("GET", ROOT + "/erasures", "listErasures", ACCOUNTS, _ -> erasures()),
        OperatorRoute.of(
            "POST", ROOT + "/erasures", "erase", ACCOUNTS, ErasureOrdered.class, this::erase),
        OperatorRoute.of(
            "GET", ROOT + "/reports", "listReports", REPORTS, this::reports, BEFORE_REPORT),
        OperatorRoute.of(
            "POST", ROOT + "/exports", "export", ACCOUNTS, ExportOrdered.class, this::export),
        OperatorRoute.of("GET", ROOT + "/audit", "audit", OPERATORS, this::audit, BEFORE),
        OperatorRoute.of(
            "PUT",
            ROOT + "/passwords/{handle}",
            "resetPassword",
            ACCOUNTS,
            PasswordWanted.class,
            this::resetPassword),
        OperatorRoute.of(
            "PUT",
            ROOT + "/identities/{handle}",
            "relink",
            ACCOUNTS,
            IdentityWanted.class,
            this::relink));
  }

  private ApiResponse metrics() {
    return new ApiResponse(
        200,
        List.of(new Header("Content-Type", TEXT)),
        metrics.get().getBytes(StandardCharsets.UTF_8));
  }

  private ApiResponse tokens() {
    return json(200, new Tokens(operators.all().stream().map(OperatorRoutes::shown).toList()));
  }

  private static Token shown(Operator operator) {
    return new Token(
        operator.id(),
        operator.name(),
        operator.scopes().stream().sorted().toList(),
        operator.createdAt(),
        operator.expiresAt());
  }

  private ApiResponse make(OperatorRoute.Call call, NewToken wanted) {
    Duration life = Duration.ofSeconds(wanted.seconds());
    if (life.compareTo(Limits.OPERATOR_TOKEN_LIFE_MIN) < 0) {
      throw Faults.of(
          "seconds", new Parsed.Bad<>("out_of_range", "A token lives for a minute or longer."));
    }
    if (wanted.scopes().isEmpty()) {
      throw Faults.of(
          "scopes", new Parsed.Bad<>("missing", "A token has a scope. Name one or more."));
    }
    Set<Scope> scopes = EnumSet.copyOf(wanted.scopes());
    Operators.Issued issued = operators.issue(wanted.name(), scopes, life, call.admitted().actor());
    if (issued == null) {
      throw Problem.of(ProblemCode.TOO_MANY_TOKENS).refusal();
    }
    Operator operator = issued.operator();
    return json(201, new TokenMade(issued.token(), operator.id(), operator.expiresAt()));
  }

  private ApiResponse revoke(OperatorRoute.Call call) {
    boolean revoked =
        OperatorId.parse(call.filling()) instanceof Parsed.Good<OperatorId>(OperatorId id)
            && operators.revoke(id, call.admitted().actor());
    if (!revoked) {
      throw Problem.of(ProblemCode.OPERATOR_TOKEN_UNKNOWN).refusal();
    }
    return new ApiResponse(204, List.of(), new byte[0]);
  }

  private ApiResponse audit(OperatorRoute.Call call) {
    String before = (String) call.query().values().get(BEFORE);
    if (before != null && !KEY.matcher(before).matches()) {
      throw Faults.of("before", new Parsed.Bad<>("key_invalid", "This is no key of a line."));
    }
    List<AuditEntry> page = operators.trail(before);
    return json(200, new Trail(page.stream().map(OperatorRoutes::line).toList()));
  }

  private static Line line(AuditEntry entry) {
    return new Line(
        entry.key(), entry.at(), entry.actor().value(), entry.action().name(), entry.subject());
  }

  private ApiResponse reports(OperatorRoute.Call call) {
    String before = (String) call.query().values().get(BEFORE_REPORT);
    if (before != null && !REPORT_KEY.matcher(before).matches()) {
      throw Faults.of(
          "before", new Parsed.Bad<>("key_invalid", "This is no key of a reported message."));
    }
    Reports.Page page = operators.reports(before, call.admitted().actor());
    return json(
        200,
        new ReportsShown(page.items().stream().map(OperatorRoutes::shown).toList(), page.next()));
  }

  private static ReportShown shown(ReportedMessage one) {
    return new ReportShown(
        one.key(),
        one.at(),
        one.expiresAt(),
        one.reporter(),
        one.reason(),
        one.conversation(),
        one.target(),
        one.from(),
        one.seq(),
        one.sentAt(),
        one.text());
  }

  private ApiResponse resetPassword(OperatorRoute.Call call, PasswordWanted wanted) {
    if (!(Handle.parse(call.filling()) instanceof Parsed.Good<Handle>(Handle handle))) {
      throw Problem.of(ProblemCode.ACCOUNT_UNKNOWN).refusal();
    }
    return switch (operators.resetPassword(
        handle, wanted.password().value(), call.admitted().actor())) {
      case Reset.Done(Account account) -> json(200, new PasswordSet(account.handle()));
      case Reset.NoAccount() -> throw Problem.of(ProblemCode.ACCOUNT_UNKNOWN).refusal();
      case Reset.Unfit(String code, String why) ->
          throw Faults.of("password", new Parsed.Bad<>(code, why));
    };
  }

  private ApiResponse relink(OperatorRoute.Call call, IdentityWanted wanted) {
    if (!(Handle.parse(call.filling()) instanceof Parsed.Good<Handle>(Handle handle))) {
      throw Problem.of(ProblemCode.ACCOUNT_UNKNOWN).refusal();
    }
    Identity identity = UserRoutes.identity(wanted.issuer().value(), wanted.subject().value());
    return switch (operators.relink(handle, identity, call.admitted().actor())) {
      case Relinked.Done(Account account) -> json(200, new IdentityLinked(account.handle()));
      case Relinked.NoAccount() -> throw Problem.of(ProblemCode.ACCOUNT_UNKNOWN).refusal();
      case Relinked.Contended() -> throw Problem.of(ProblemCode.TOO_BUSY).refusal();
    };
  }

  private ApiResponse erase(OperatorRoute.Call call, ErasureOrdered wanted) {
    return switch (operators.erase(
        wanted.handle(), Duration.ofDays(wanted.days()), call.admitted().actor())) {
      case Erased.Asked(Handle handle, Instant dueAt, String code) ->
          json(201, new ErasureMade(handle, dueAt, code));
      case Erased.Already() -> throw Problem.of(ProblemCode.ERASURE_ASKED).refusal();
      case Erased.NoAccount() -> throw Problem.of(ProblemCode.ACCOUNT_UNKNOWN).refusal();
    };
  }

  private ApiResponse export(OperatorRoute.Call call, ExportOrdered wanted) {
    Exports.Asked asked = operators.export(wanted.handle(), call.admitted().actor());
    if (asked == null) {
      throw Problem.of(ProblemCode.ACCOUNT_UNKNOWN).refusal();
    }
    return switch (asked) {
      case Exports.Asked.Done(String code) -> json(201, new ExportMade(code));
      case Exports.Asked.UnderWay() -> throw Problem.of(ProblemCode.EXPORT_UNDER_WAY).refusal();
      case Exports.Asked.NoPlace() -> throw Problem.of(ProblemCode.EXPORT_NO_PLACE).refusal();
      case Exports.Asked.Full() -> throw Problem.of(ProblemCode.TOO_BUSY).refusal();
    };
  }

  private ApiResponse erasures() {
    return json(
        200, new ErasuresShown(operators.erasures().stream().map(OperatorRoutes::shown).toList()));
  }

  private static ErasureShown shown(Erasure job) {
    return new ErasureShown(
        job.handle(),
        job.askedAt(),
        job.dueAt(),
        ErasureRoutes.shown(job.step()),
        job.nextAt(),
        job.removed().values().stream().mapToLong(Long::longValue).sum());
  }

  static ApiResponse json(int status, Object body) {
    return new ApiResponse(
        status, List.of(new Header("Content-Type", "application/json")), Json.write(body));
  }
}
