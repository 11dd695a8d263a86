package parley.api;

import static parley.api.ProblemCode.CLIENT_ID_EXPIRED;
import static parley.api.ProblemCode.CLIENT_ID_IN_FUTURE;
import static parley.api.ProblemCode.CONVERSATION_NOT_FOUND;
import static parley.api.ProblemCode.NOTHING_TO_REPORT;

import java.time.Instant;
import java.util.List;
import parley.messaging.message.ClientId;
import parley.messaging.report.Reason;
import parley.messaging.report.Reports;
import parley.messaging.report.Reports.Made;

/// Showing those who run the deployment what somebody wrote.
final class ReportRoutes {
  private final Reports reports;

  ReportRoutes(Reports reports) {
    this.reports = reports;
  }

  @Wire(name = "NewReport", doc = "A message to report.")
  record NewReport(
      @Doc("A UUID of version 7, new for each report, and the same when it is repeated.")
          ClientId clientId,
      @Doc("The number of the message, which somebody else wrote.")
          @Range(min = 1, max = Bounds.SEQ_MAX)
          long seq,
      @Doc("Why: spam, harassment, violence, sexual, impersonation or other.") Reason reason) {}

  List<Route> routes() {
    return List.of(
        Route.post(
                "/api/conversations/{id}/reports",
                "reportMessage",
                "Reports a message to whoever runs this deployment: it and up to four of the same"
                    + " person before it are copied for them. Nobody else is told.")
            .limited(RateLimit.REPORT)
            .refuses(
                CONVERSATION_NOT_FOUND, NOTHING_TO_REPORT, CLIENT_ID_IN_FUTURE, CLIENT_ID_EXPIRED)
            .by(NewReport.class, this::report));
  }

  private Answer<Answer.Nothing> report(Call call, NewReport body) {
    return switch (reports.report(
        call.myId(), call.conversation(), body.clientId(), body.seq(), body.reason())) {
      case Made.Done() -> Answer.nothing();
      case Made.NoConversation() -> throw Problem.of(CONVERSATION_NOT_FOUND).refusal();
      case Made.NoMessage() -> throw Problem.of(NOTHING_TO_REPORT).field("seq").refusal();
      case Made.ClientIdInFuture(Instant now) ->
          throw Problem.of(CLIENT_ID_IN_FUTURE).now(now).field("clientId").refusal();
      case Made.ClientIdExpired(Instant now) ->
          throw Problem.of(CLIENT_ID_EXPIRED).now(now).field("clientId").refusal();
    };
  }
}
