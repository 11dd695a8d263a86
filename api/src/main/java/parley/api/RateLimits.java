package parley.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;

/// What is left of every [RateLimit], account by account and address by address.
///
/// It is in memory and bounded: what has filled up again is forgotten, and where more than
/// [Bounds#RATES_KEPT] are in use, those that were not used for longest begin anew.
public final class RateLimits {
  private static final Duration SEEN_FOR = Duration.ofDays(1);

  /// Somebody who was shown somebody.
  private record Seen(UserId reader, UserId person) {}

  private final boolean on;
  private final Map<RateLimit, Buckets> accounts = new EnumMap<>(RateLimit.class);
  private final Map<RateLimit, Buckets> addresses = new EnumMap<>(RateLimit.class);
  private final Cache<Seen, Boolean> seen;

  private RateLimits(boolean on, InstantSource clock) {
    this.on = on;
    for (RateLimit limit : RateLimit.values()) {
      addresses.put(limit, new Buckets(limit.policy("address"), limit.address(), clock));
      RateLimit.Rate account = limit.account();
      if (account != null) {
        accounts.put(limit, new Buckets(limit.policy("account"), account, clock));
      }
    }
    this.seen =
        Caffeine.newBuilder()
            .maximumSize(Bounds.PEOPLE_SEEN_KEPT)
            .expireAfterWrite(SEEN_FOR)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  public static RateLimits on(InstantSource clock) {
    return new RateLimits(true, clock);
  }

  /// None at all: for measurements, never for people.
  public static RateLimits off() {
    return new RateLimits(false, () -> Instant.EPOCH);
  }

  boolean isOn() {
    return on;
  }

  Buckets ofAddresses(RateLimit limit) {
    return find(addresses, limit);
  }

  /// Null where the limit has none.
  @Nullable Buckets ofAccounts(RateLimit limit) {
    return accounts.get(limit);
  }

  private static Buckets find(Map<RateLimit, Buckets> all, RateLimit limit) {
    Buckets found = all.get(limit);
    if (found == null) {
      throw new IllegalStateException("no rate of " + limit);
    }
    return found;
  }

  /// How many of these people `reader` was not shown within a day, and remembers all as shown.
  int unseen(UserId reader, Collection<UserId> people) {
    int unseen = 0;
    for (UserId person : people) {
      // Not renewed by being seen again: it is paid for once a day.
      if (seen.asMap().putIfAbsent(new Seen(reader, person), true) == null) {
        unseen++;
      }
    }
    return unseen;
  }
}
