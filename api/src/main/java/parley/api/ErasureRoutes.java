package parley.api;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
import static parley.api.ProblemCode.CONFIRMATION_MISSING;
import static parley.api.ProblemCode.ERASURE_ASKED;
import static parley.api.ProblemCode.ERASURE_UNKNOWN;
import static parley.api.ProblemCode.PASSWORD_WRONG;
import static parley.api.ProblemCode.SIGN_IN_PAUSED;
import static parley.api.ProblemCode.STORE_UNAVAILABLE;
import static parley.api.ProblemCode.TOO_BUSY;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.Accounts;
import parley.messaging.account.PasswordAttempt;
import parley.messaging.erasure.Claim;
import parley.messaging.erasure.Erasures;
import parley.messaging.erasure.Erasures.Asked;
import parley.messaging.erasure.Erasures.Status;
import parley.messaging.erasure.Step;

/// Having one's own account erased, taking that back, and the receipt.
final class ErasureRoutes {
  private final Erasures erasures;
  private final Accounts accounts;
  private final Confirming confirming;

  ErasureRoutes(UseCases useCases) {
    this.erasures = useCases.erasures();
    this.accounts = useCases.accounts();
    this.confirming = new Confirming(useCases);
  }

  @Wire(name = "ErasureWanted", doc = "One's own account is to be erased.")
  record ErasureWanted(@Doc(Confirming.PASSWORD) @Nullable PasswordAttempt password) {}

  @Wire(name = "ErasureAsked", doc = "An account will be erased.")
  record ErasureAsked(
      @Doc("When it begins. Until then it can be taken back.") Instant erasesAt,
      @Doc(
              "Shown this once: with it, and with nothing else, one sees how far it is, and claims the"
                  + " receipt. Whoever asks again before it begins gets another one in its place.")
          String code) {}

  @Wire(name = "ErasureCode", doc = "Which erasure is meant.")
  record ErasureCode(@Doc("The code that was shown when it was asked for.") Claim code) {}

  @Wire(
      name = "ErasureStatus",
      doc = "How far an erasure is. Its receipt is handed out once, and not kept.")
  record ErasureStatus(
      @Doc("waiting, conversations, own, sweep, last_sweep, done, or handed_out.") String state,
      @JsonInclude(NON_NULL) @Doc("When it came that far. Left out once it is done.")
          @Nullable Instant at,
      @JsonInclude(NON_NULL) @Doc("The receipt, when it is done and has not been handed out.")
          @Nullable String receipt,
      @JsonInclude(NON_NULL) @Doc("SHA-256 of the receipt, when it has been handed out.")
          @Nullable String digest) {}

  List<Route> routes() {
    return List.of(
        Route.post(
                "/api/me/erasure",
                "askErasure",
                "Has one's own account erased; again: another code.")
            .answers(ErasureAsked.class, 201)
            .limited(RateLimit.SIGN_IN)
            .refuses(CONFIRMATION_MISSING, PASSWORD_WRONG, SIGN_IN_PAUSED, ERASURE_ASKED, TOO_BUSY)
            .by(ErasureWanted.class, this::ask),
        Route.delete("/api/me/erasure", "takeErasureBack", "Keeps one's own account after all.")
            .limited(RateLimit.GENERAL)
            .refuses(ERASURE_UNKNOWN)
            .by(this::takeBack),
        Route.post("/api/erasures", "claimErasure", "How far an erasure is; its receipt.")
            .forAnybody()
            .answers(ErasureStatus.class, 200)
            .limited(RateLimit.SIGN_IN)
            .refuses(ERASURE_UNKNOWN, STORE_UNAVAILABLE)
            .by(ErasureCode.class, this::claim));
  }

  private Answer<ErasureAsked> ask(Call call, ErasureWanted body) {
    confirming.require(call, body.password());
    return switch (asked(call)) {
      case Asked.Done(Instant dueAt, String code) -> Answer.created(new ErasureAsked(dueAt, code));
      case Asked.Already() -> throw Problem.of(ERASURE_ASKED).refusal();
    };
  }

  /// Somebody who asks again may never have seen the code, which nothing shows twice: they get
  /// another one.
  private Asked asked(Call call) {
    Asked asked = erasures.ask(call.me());
    accounts.forget(call.myId());
    Account latest = asked instanceof Asked.Already() ? accounts.latest(call.myId()) : null;
    return latest == null ? asked : erasures.anotherCode(latest);
  }

  private Answer<Answer.Nothing> takeBack(Call call) {
    boolean taken = erasures.takeBack(call.me());
    accounts.forget(call.myId());
    if (!taken) {
      throw Problem.of(ERASURE_UNKNOWN).refusal();
    }
    return Answer.nothing();
  }

  private Answer<ErasureStatus> claim(Call call, ErasureCode body) {
    return switch (erasures.claim(body.code())) {
      case Status.Unknown() -> throw Problem.of(ERASURE_UNKNOWN).refusal();
      case Status.UnderWay(Step next, Instant at) ->
          Answer.ok(new ErasureStatus(shown(next), at, null, null));
      case Status.Done(String receipt) -> Answer.ok(new ErasureStatus("done", null, receipt, null));
      case Status.Handed(String digest) ->
          Answer.ok(new ErasureStatus("handed_out", null, null, digest));
    };
  }

  /// What comes next, as who waits for it is told.
  static String shown(Step next) {
    return next == Step.CLOSE ? "waiting" : next.name().toLowerCase(Locale.ROOT);
  }
}
