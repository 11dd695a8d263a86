package parley.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import parley.api.RateLimit.Rate;

/// One rate, and how much of it everybody has left.
final class Buckets {
  private final String policy;
  private final Rate rate;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  Buckets(String policy, Rate rate, InstantSource clock) {
    this.policy = policy;
    this.rate = rate;
    this.time = new ClockMeter(clock);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(Bounds.RATES_KEPT)
            // Whoever was away for that long has all of it again.
            .expireAfterAccess(rate.whole())
            .ticker(time::currentTimeNanos)
            .build();
  }

  /// What became of a request for `count`. `left` is what is left now, `whole` the time until it is
  /// all there, `remaining` that until so much is there, zero if it was.
  record Taken(
      String policy, Rate rate, boolean granted, long left, Duration whole, Duration remaining) {}

  Taken take(String who, int count) {
    ConsumptionProbe probe = bucket(who).tryConsumeAndReturnRemaining(count);
    return new Taken(
        policy,
        rate,
        probe.isConsumed(),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForReset()),
        Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /// Gives back what was taken and not needed.
  void giveBack(String who, int count) {
    if (count > 0) {
      bucket(who).addTokens(count);
    }
  }

  private Bucket bucket(String who) {
    return buckets.get(
        who,
        _ ->
            Bucket.builder()
                .addLimit(limit ->
                    limit.capacity(rate.burst()).refillGreedy(rate.refill(), rate.period()))
                .withCustomTimePrecision(time)
                .build());
  }

  /// The injected clock, as the library asks for it.
  private record ClockMeter(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
