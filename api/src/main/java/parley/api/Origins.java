package parley.api;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;

/// Whose pages may call this deployment from a browser.
///
/// `own` is where its own pages are, as people's browsers see it; null where nobody said, and then
/// only pages on the same machine count. Those may keep their session in a cookie. `others` may
/// call with a token (CORS), and never with a cookie.
public record Origins(@Nullable Origin own, Set<Origin> others) {
  /// Own pages on this machine, and nobody else's.
  public static final Origins LOCAL = new Origins(null, Set.of());

  public Origins {
    others = Set.copyOf(others);
  }

  /// Whether browsers reach it by https alone.
  public boolean isSecure() {
    return own != null && own.isSecure();
  }

  /// Whether a request says, as only browsers can, that it comes from an own page.
  ///
  /// Where nobody said which pages are own, it must come from where it goes to, and that must be
  /// this machine by name. Any other name could be somebody else's that leads here (DNS rebinding).
  boolean isOwn(ApiRequest request) {
    String given = request.only("Origin");
    if (given == null) {
      return false;
    }
    if (own != null) {
      return given.equals(own.value());
    }
    String host = request.only("Host");
    return host != null
        && Origin.parse("http://" + host) instanceof Parsed.Good<Origin>(Origin here)
        && here.isLoopback()
        && given.equals(here.value());
  }

  /// Where the browser that makes a request sees this deployment. Where nobody said, that is this
  /// machine, by the name by which it was asked.
  Origin seen(ApiRequest request) {
    if (own != null) {
      return own;
    }
    String host = request.only("Host");
    return host != null
            && Origin.parse("http://" + host) instanceof Parsed.Good<Origin>(Origin here)
            && here.isLoopback()
        ? here
        : new Origin("http://localhost");
  }

  /// The one of the others that a request says it comes from, null if it is none.
  @Nullable Origin other(List<Header> headers) {
    List<String> given = Header.all(headers, "Origin");
    if (given.size() != 1) {
      return null;
    }
    for (Origin origin : others) {
      if (origin.value().equals(given.getFirst())) {
        return origin;
      }
    }
    return null;
  }
}
