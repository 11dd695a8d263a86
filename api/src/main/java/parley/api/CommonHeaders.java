package parley.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The headers that every answer has, and what browsers are told of other origins (CORS).
final class CommonHeaders {
  private static final String EXPOSED =
      String.join(", ", RequestId.HEADER, "Retry-After", "Allow", "RateLimit", "RateLimit-Policy");

  /// Those of every answer, whoever asks for what.
  static final List<Header> BASIC =
      List.of(
          new Header("X-Content-Type-Options", "nosniff"),
          new Header("Referrer-Policy", "no-referrer"),
          // Answers are data: whoever makes a browser show one as a page gets a dead one, in no
          // frame.
          new Header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          new Header("X-Frame-Options", "DENY"),
          // Holds for what is embedded without asking. What is asked for by CORS is not subject to
          // it.
          new Header("Cross-Origin-Resource-Policy", "same-origin"));

  private final Origins origins;
  private final List<Header> always;

  CommonHeaders(Origins origins) {
    this.origins = origins;
    List<Header> always = new ArrayList<>(BASIC);
    always.addAll(transportSecurity(origins));
    if (!origins.others().isEmpty()) {
      // Also for those who are not allowed: a cache must not give them somebody else's answer.
      always.add(new Header("Vary", "Origin"));
    }
    this.always = List.copyOf(always);
  }

  /// To use https alone from now on, where browsers come by it.
  static List<Header> transportSecurity(Origins origins) {
    return origins.isSecure() ? List.of(PageHeaders.TRANSPORT_SECURITY) : List.of();
  }

  /// Those of the answer to a request with `asked` as its headers.
  List<Header> of(List<Header> asked) {
    Origin origin = origins.other(asked);
    if (origin == null) {
      return always;
    }
    List<Header> all = new ArrayList<>(always);
    all.add(new Header("Access-Control-Allow-Origin", origin.value()));
    all.add(new Header("Access-Control-Expose-Headers", EXPOSED));
    return all;
  }

  /// The answer to a browser that asks what it may send from an allowed origin, else null: then it
  /// is a request like any other.
  ///
  /// It says the same of every address, so that a script reads the 404 of one that is not there. It
  /// never allows credentials, which here means cookies.
  @Nullable ApiResponse preflight(ApiRequest request) {
    if (!request.method().equals("OPTIONS")
        || request.only("Access-Control-Request-Method") == null
        || origins.other(request.headers()) == null) {
      return null;
    }
    return new ApiResponse(
        204,
        List.of(
            new Header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE"),
            new Header(
                "Access-Control-Allow-Headers", "Authorization, Content-Type, " + RequestId.HEADER),
            new Header("Access-Control-Max-Age", Integer.toString(Bounds.PREFLIGHT_KEPT_SECONDS))),
        new byte[0]);
  }
}
