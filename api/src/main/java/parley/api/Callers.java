package parley.api;

import static parley.api.ProblemCode.CREDENTIALS_AMBIGUOUS;
import static parley.api.ProblemCode.ORIGIN_REFUSED;
import static parley.api.ProblemCode.TOKEN_INVALID;
import static parley.api.ProblemCode.TOKEN_MISSING;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import parley.messaging.account.Authenticated;
import parley.messaging.account.SessionToken;
import parley.messaging.account.Sessions;

/// Recognises who makes a request, by the one token that it shows.
final class Callers {
  private static final Pattern BEARER =
      Pattern.compile("bearer +([^ ]+) *", Pattern.CASE_INSENSITIVE);

  private final Sessions sessions;
  private final SessionCookie cookie;
  private final ProviderTokens providers;

  Callers(Sessions sessions, SessionCookie cookie, ProviderTokens providers) {
    this.sessions = sessions;
    this.providers = providers;
    this.cookie = cookie;
  }

  /// The caller, or a refusal. `safe` requests change nothing, and need not come from an own page.
  Caller caller(ApiRequest request, boolean safe, boolean own) {
    List<String> authorization = request.all("Authorization");
    List<String> cookies = cookie.values(request);
    if (authorization.isEmpty() && cookies.isEmpty()) {
      throw Problem.of(TOKEN_MISSING).refusal();
    }
    if (cookies.size() > 1) {
      throw Problem.of(CREDENTIALS_AMBIGUOUS).refusal();
    }
    if (authorization.isEmpty()) {
      // Browsers send cookies whoever makes them send the request: nothing is looked up before it
      // is known that it was a page of ours.
      if (!safe && !own) {
        throw Problem.of(ORIGIN_REFUSED).refusal();
      }
      return new Caller(own(cookies.getFirst()), Transport.COOKIE, false);
    }
    String bearer = bearer(authorization);
    if (!cookies.isEmpty() && !cookies.getFirst().equals(bearer)) {
      throw Problem.of(CREDENTIALS_AMBIGUOUS).refusal();
    }
    if (!ProviderTokens.isLike(bearer)) {
      return new Caller(own(bearer), Transport.BEARER, false);
    }
    return new Caller(known(providers.who(bearer)), Transport.BEARER, true);
  }

  /// The token in the header, empty if there is not exactly one.
  private static String bearer(List<String> authorization) {
    Matcher bearer = BEARER.matcher(authorization.getFirst());
    return authorization.size() == 1 && bearer.matches() ? bearer.group(1) : "";
  }

  private Authenticated own(String shown) {
    return known(
        SessionToken.parse(shown) instanceof Parsed.Good<SessionToken>(SessionToken token)
            ? sessions.who(token)
            : null);
  }

  private static Authenticated known(@Nullable Authenticated who) {
    if (who == null) {
      throw Problem.of(TOKEN_INVALID).refusal();
    }
    return who;
  }
}
