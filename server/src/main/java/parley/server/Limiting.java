package parley.server;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import parley.api.RateLimits;
import parley.api.Traffic;
import parley.api.TrustedProxies;
import parley.messaging.Limits;
import parley.messaging.Parsed;
import parley.messaging.message.Approaches;

/// What a server is told of rate limits: whether there are any, and whose word it takes for where a
/// request comes from.
public record Limiting(boolean isOn, TrustedProxies proxies) {
  /// Everybody is who is connected, and limited.
  public static final Limiting ON = new Limiting(true, TrustedProxies.NONE);

  /// No limits, for measurements and tests.
  public static final Limiting OFF = new Limiting(false, TrustedProxies.NONE);

  /// From the options; `trustedProxies` is null where none are named.
  ///
  /// @throws Refused if they are no addresses or ranges
  public static Limiting of(boolean isOn, @Nullable String trustedProxies) {
    if (trustedProxies == null) {
      return isOn ? ON : OFF;
    }
    return switch (TrustedProxies.parse(trustedProxies)) {
      case Parsed.Good<TrustedProxies>(TrustedProxies proxies) -> new Limiting(isOn, proxies);
      case Parsed.Bad<TrustedProxies> bad ->
          throw Refused.option(
              "--trusted-proxies cannot be " + trustedProxies + ". " + bad.message());
    };
  }

  /// How many strangers one account may write to on a day.
  int strangersADay() {
    return isOn ? Limits.STRANGERS_A_DAY : Approaches.UNLIMITED;
  }

  Traffic traffic(InstantSource clock) {
    return new Traffic(isOn ? RateLimits.on(clock) : RateLimits.off(), proxies);
  }
}
