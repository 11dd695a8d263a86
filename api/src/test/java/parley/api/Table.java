package parley.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import parley.messaging.Secret;
import parley.messaging.erasure.Erasures;
import parley.messaging.message.Vanishing;

/// The table of routes without anything behind it: for what is decided before any use case is
/// called.
final class Table {
  static final Secret SECRET = new Secret("x".repeat(32).getBytes(StandardCharsets.US_ASCII));

  static final Traffic UNLIMITED = new Traffic(RateLimits.off(), TrustedProxies.NONE);

  private Table() {}

  static Api api() {
    return api(() -> true);
  }

  static Api api(Readiness readiness) {
    return api(readiness, Origins.LOCAL);
  }

  static Api api(Readiness readiness, Origins origins) {
    return new Api(nothing(), SECRET, readiness, origins, UNLIMITED);
  }

  static Routes routes() {
    SessionCookie cookie = new SessionCookie(false);
    return Routes.of(
        nothing(),
        SECRET,
        () -> true,
        cookie,
        new Demo(),
        new ProviderRoutes(
            Providers.NONE,
            null,
            cookie,
            new SignInCookie(false, SECRET, Instant::now),
            Origins.LOCAL),
        Providers.NONE);
  }

  @SuppressWarnings("NullAway") // whatever reaches for one of them fails, and should
  static UseCases nothing() {
    Erasures erasures = new Erasures(null, null, null, Duration.ofDays(7), Instant::now, null);
    return new UseCases(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        erasures,
        null,
        new Vanishing(Instant::now, 0));
  }

  static ApiRequest request(String method, String path, Header... headers) {
    return new ApiRequest(method, path, "", List.of(headers), ApiRequest.Body.NONE, "192.0.2.1");
  }

  static ApiRequest post(String path, String body, Header... headers) {
    return posted(path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static ApiRequest posted(String path, byte[] body, Header... headers) {
    List<Header> all =
        headers.length > 0
            ? List.of(headers)
            : List.of(new Header("Content-Type", "application/json"));
    return new ApiRequest("POST", path, "", all, ApiRequest.Body.of(body), "192.0.2.1");
  }
}
