package parley.api;

import static parley.api.ProblemCode.PROVIDER_NOT_FOUND;
import static parley.api.ProblemCode.STORE_UNAVAILABLE;

import java.net.URI;
import java.util.List;
import parley.api.Providers.Arrival;
import parley.api.Providers.Departure;
import parley.messaging.account.Sessions;
import parley.messaging.account.SignIn.SignedIn;

/// Signing in with an identity provider, from a browser: there and back.
///
/// Both are links that a browser follows, so they answer with where to go next. What went wrong on
/// the way back is said to the web client, which says it to the person.
final class ProviderRoutes {
  private static final String THERE = "/api/sign-in/{provider}";
  private static final String BACK = "/api/sign-in/{provider}/callback";

  private static final Parameter<SignInFor> AGAIN =
      Parameter.oneOf(
          "again",
          SignInFor.AGAIN,
          null,
          "What somebody who is signed in shows once more who they are for: the provider asks them"
              + " even if it knows them.");
  private static final Parameter<String> CODE =
      Parameter.text("code", "What the provider gives the browser to bring.");
  private static final Parameter<String> STATE =
      Parameter.text("state", "What the browser was sent there with.");
  private static final Parameter<String> ISSUER =
      Parameter.text("iss", "Which provider it is that answers (RFC 9207).");
  private static final Parameter<String> ERROR =
      Parameter.text("error", "Why the provider would not.");

  private final Providers providers;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final SignInCookie kept;
  private final Origins origins;

  ProviderRoutes(
      Providers providers,
      Sessions sessions,
      SessionCookie cookie,
      SignInCookie kept,
      Origins origins) {
    this.providers = providers;
    this.sessions = sessions;
    this.cookie = cookie;
    this.kept = kept;
    this.origins = origins;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
                THERE,
                "goToProvider",
                "Sends a browser to an identity provider, to sign in there and come back. Where the"
                    + " provider does not answer, the page that it is sent to says so.")
            .forAnybody()
            .takes(AGAIN)
            .answers(Answer.Nothing.class, 303)
            .limited(RateLimit.SIGN_IN)
            .refuses(PROVIDER_NOT_FOUND)
            .by(this::there),
        Route.get(
                BACK,
                "returnFromProvider",
                "Takes a browser back from an identity provider, and signs its person in, into a"
                    + " cookie. Where that fails, the page that it is sent to is told why.")
            .forAnybody()
            .takes(CODE, STATE, ISSUER, ERROR)
            .answers(Answer.Nothing.class, 303)
            .limited(RateLimit.SIGN_IN)
            .refuses(PROVIDER_NOT_FOUND, STORE_UNAVAILABLE)
            .by(this::back));
  }

  private Answer<Answer.Nothing> there(Call call) {
    SignInFor again = call.find(AGAIN);
    SignInFor purpose = again == null ? SignInFor.ENTRY : again;
    Departure departure;
    try {
      departure = providers.depart(call.filling(), address(call), purpose);
    } catch (Providers.Unavailable _) {
      // A person followed a link: they are told on a page.
      return seeOther(purpose.pageOfFailure() + Arrival.Why.UNAVAILABLE);
    }
    if (departure == null) {
      throw Problem.of(PROVIDER_NOT_FOUND).refusal();
    }
    return seeOther(departure.to().toString(), kept.kept(departure));
  }

  private Answer<Answer.Nothing> back(Call call) {
    String provider = known(call.filling());
    Departure departure = kept.read(call.request(), provider);
    Arrival arrival =
        departure == null
            ? new Arrival.Failed(Arrival.Why.EXPIRED)
            : providers.arrive(departure, address(call), call.request().query());
    SignInFor purpose = departure == null ? SignInFor.ENTRY : departure.purpose();
    return switch (arrival) {
      case Arrival.Known(_, boolean asked) when purpose != SignInFor.ENTRY && !asked ->
          seeOther(purpose.pageOfFailure() + Arrival.Why.NOT_ASKED, kept.cleared());
      case Arrival.Known(var account, boolean asked) -> {
        SignedIn signedIn = asked ? sessions.start(account) : sessions.startSilently(account);
        yield seeOther(purpose.page(), kept.cleared(), cookie.kept(signedIn.token()));
      }
      case Arrival.Failed(var why) -> seeOther(purpose.pageOfFailure() + why, kept.cleared());
    };
  }

  private String known(String provider) {
    if (providers.offered().stream().noneMatch(it -> it.id().equals(provider))) {
      throw Problem.of(PROVIDER_NOT_FOUND).refusal();
    }
    return provider;
  }

  /// Where the provider sends the browser back to, as that browser sees it.
  private URI address(Call call) {
    String path = BACK.replace("{provider}", known(call.filling()));
    return URI.create(origins.seen(call.request()).value() + path);
  }

  private static Answer<Answer.Nothing> seeOther(String to, Header... headers) {
    List<Header> all = new java.util.ArrayList<>(List.of(headers));
    all.addFirst(new Header("Location", to));
    return new Answer<>(303, null, all);
  }
}
