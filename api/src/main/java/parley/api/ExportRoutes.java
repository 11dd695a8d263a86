package parley.api;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
import static parley.api.ProblemCode.CONFIRMATION_MISSING;
import static parley.api.ProblemCode.EXPORT_NO_PLACE;
import static parley.api.ProblemCode.EXPORT_UNDER_WAY;
import static parley.api.ProblemCode.EXPORT_UNKNOWN;
import static parley.api.ProblemCode.PASSWORD_WRONG;
import static parley.api.ProblemCode.SIGN_IN_PAUSED;
import static parley.api.ProblemCode.STORE_UNAVAILABLE;
import static parley.api.ProblemCode.TOO_BUSY;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.export.Download;
import parley.messaging.export.Export;
import parley.messaging.export.Exports;
import parley.messaging.export.Exports.Asked;

/// Taking with one what is held of one.
final class ExportRoutes {
  private static final String FETCH = "/api/exports/";

  private static final Parameter<Long> PART =
      Parameter.wholeNumber(
          "part",
          1,
          Limits.EXPORT_PARTS,
          1L,
          "Which part, where the status says that the archive has several.");

  private final Exports exports;
  private final Confirming confirming;

  ExportRoutes(UseCases useCases) {
    this.exports = useCases.exports();
    this.confirming = new Confirming(useCases);
  }

  @Wire(name = "ExportWanted", doc = "Everything that is held of one's own account is wanted.")
  record ExportWanted(@Doc(Confirming.PASSWORD) @Nullable PasswordAttempt password) {}

  @Wire(name = "ExportAsked", doc = "An archive is being written.")
  record ExportAsked(
      @Doc(
              "The path of the link that fetches it, once, within 24 hours after it is ready; with"
                  + " ?part=2 and further, its other parts, if it has any. Shown this once; whoever has"
                  + " it needs no session.")
          String link) {}

  @Wire(name = "ExportStatus", doc = "How far one's archive is.")
  record ExportStatus(
      @Doc("none, waiting, working, ready or failed. Once it was fetched, there is none.")
          String state,
      @Doc("Conversations that are in it.") int done,
      @Doc("Conversations that will be in it.") int total,
      @Doc("How many files it is, each with a link of its own; 0 as long as it is not ready.")
          int parts,
      @JsonInclude(NON_NULL) @Doc("Until when it can be fetched. Left out as long as it cannot be.")
          @Nullable Instant until) {}

  List<Route> routes() {
    return List.of(
        Route.post("/api/me/export", "askExport", "Has everything about one's account gathered.")
            .answers(ExportAsked.class, 201)
            .limited(RateLimit.SIGN_IN)
            .refuses(
                CONFIRMATION_MISSING,
                PASSWORD_WRONG,
                SIGN_IN_PAUSED,
                EXPORT_UNDER_WAY,
                EXPORT_NO_PLACE,
                TOO_BUSY)
            .by(ExportWanted.class, this::ask),
        Route.get("/api/me/export", "getExport", "How far that is.")
            .answers(ExportStatus.class, 200)
            .limited(RateLimit.GENERAL)
            .by(this::status),
        Route.get(FETCH + "{code}", "fetchExport", "The archive, once: a ZIP file.")
            .forAnybody()
            .takes(PART)
            .answers(Download.class, 200)
            .limited(RateLimit.SIGN_IN)
            .refuses(EXPORT_UNKNOWN, STORE_UNAVAILABLE)
            .by(this::fetch));
  }

  private Answer<ExportAsked> ask(Call call, ExportWanted body) {
    confirming.require(call, body.password());
    return switch (exports.ask(call.me())) {
      case Asked.Done(String code) -> Answer.created(new ExportAsked(FETCH + code));
      case Asked.UnderWay() -> throw Problem.of(EXPORT_UNDER_WAY).refusal();
      case Asked.NoPlace() -> throw Problem.of(EXPORT_NO_PLACE).refusal();
      case Asked.Full() -> throw Problem.of(TOO_BUSY).refusal();
    };
  }

  private Answer<ExportStatus> status(Call call) {
    Export export = exports.of(call.myId());
    boolean isReady = export != null && export.state() == Export.State.READY;
    return Answer.ok(
        export == null
            ? new ExportStatus("none", 0, 0, 0, null)
            : new ExportStatus(
                export.state().name().toLowerCase(Locale.ROOT),
                export.done(),
                export.total(),
                isReady ? export.parts() : 0,
                isReady ? export.until() : null));
  }

  private Answer<Download> fetch(Call call) {
    Download download = exports.fetch(call.filling(), Math.toIntExact(call.get(PART)));
    if (download == null) {
      throw Problem.of(EXPORT_UNKNOWN).refusal();
    }
    return Answer.ok(download);
  }
}
