package parley.api;

import java.util.List;
import parley.messaging.Limits;
import parley.messaging.account.SessionToken;

/// The cookie that a browser keeps a session's token in.
///
/// Behind https its name begins with `__Host-`, so that no other host, sub-domains among them, can
/// plant one; browsers refuse that name over plain http. `Strict` costs nothing here: what is
/// opened by following a link needs no session, and what a page of ours then asks for is its own
/// request.
record SessionCookie(boolean secure) {
  static final String NAME = "parley_session";

  private static final String SET = "Set-Cookie";

  String name() {
    return secure ? "__Host-" + NAME : NAME;
  }

  /// Every value that the request has under its name, one in any honest request.
  List<String> values(ApiRequest request) {
    return Cookies.values(request, name());
  }

  Header kept(SessionToken token) {
    return line(token.value(), Limits.SESSION_LIFE.toSeconds());
  }

  Header cleared() {
    return line("", 0);
  }

  private Header line(String value, long maxAge_s) {
    return new Header(
        SET,
        name()
            + "="
            + value
            + "; Path=/; Max-Age="
            + maxAge_s
            + "; HttpOnly; SameSite=Strict"
            + (secure ? "; Secure" : ""));
  }
}
