package parley.api;

/// Who counts as whom, and how much each may do.
public record Traffic(RateLimits limits, TrustedProxies proxies) {
  Admission of(ApiRequest request) {
    return new Admission(limits, proxies.countedAs(request));
  }
}
