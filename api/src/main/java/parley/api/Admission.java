package parley.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.api.Buckets.Taken;
import parley.messaging.account.Source;
import parley.messaging.account.UserId;

/// One request before the rate limits: what it takes of them, and what its answer says of that.
///
/// Answers carry `RateLimit-Policy` and `RateLimit` as draft-ietf-httpapi-ratelimit-headers-10 has
/// them: `q` at once and all of it again in `w` seconds; `r` left now, all of it in `t` seconds.
final class Admission {
  private final RateLimits limits;
  private final String address;
  private final List<Taken> taken = new ArrayList<>();
  private @Nullable String exhausted;

  Admission(RateLimits limits, String address) {
    this.limits = limits;
    this.address = address;
  }

  /// Where the request comes from.
  Source source() {
    return new Source(address);
  }

  /// Before it is known who asks, and so before anything is looked up.
  void admit(RateLimit limit) {
    if (limits.isOn()) {
      take(limits.ofAddresses(limit), address, 1);
    }
  }

  /// Once it is known who asks.
  void admit(RateLimit limit, UserId account) {
    Buckets accounts = limits.ofAccounts(limit);
    if (limits.isOn() && accounts != null) {
      take(accounts, account.value(), 1);
    }
  }

  /// Shows at most `max` people to `reader`, for as long as it may see more of them. What is
  /// refused is refused before `search` is done: what it would find must not be told either.
  <T> T show(UserId reader, int max, Supplier<T> search, Function<T, List<UserId>> people) {
    Buckets accounts = limits.ofAccounts(RateLimit.PEOPLE_SEEN);
    if (!limits.isOn() || accounts == null) {
      return search.get();
    }
    Buckets addresses = limits.ofAddresses(RateLimit.PEOPLE_SEEN);
    take(accounts, reader.value(), max);
    int unused = max;
    boolean both = false;
    try {
      take(addresses, address, max);
      both = true;
      T found = search.get();
      unused = max - limits.unseen(reader, people.apply(found));
      return found;
    } finally {
      accounts.giveBack(reader.value(), unused);
      if (both) {
        addresses.giveBack(address, unused);
      }
    }
  }

  private void take(Buckets buckets, String who, int count) {
    Taken one = buckets.take(who, count);
    taken.add(one);
    if (!one.granted()) {
      exhausted = one.policy();
      throw refusal(ProblemCode.RATE_LIMITED, one.remaining());
    }
  }

  /// The limit that refused it, such as `send-address`; null if none did.
  @Nullable String exhausted() {
    return exhausted;
  }

  /// A refusal that says when to come back.
  static Refusal refusal(ProblemCode code, Duration wait) {
    return Problem.of(code).header("Retry-After", Long.toString(seconds(wait))).refusal();
  }

  List<Header> headers() {
    if (taken.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Header(
            "RateLimit-Policy",
            listed(one -> ";q=" + one.rate().burst() + ";w=" + seconds(one.rate().whole()))),
        new Header("RateLimit", listed(one -> ";r=" + one.left() + ";t=" + seconds(one.whole()))));
  }

  private String listed(Function<Taken, String> parameters) {
    List<String> all = new ArrayList<>();
    for (Taken one : taken) {
      all.add('"' + one.policy() + '"' + parameters.apply(one));
    }
    return String.join(", ", all);
  }

  /// Whole seconds, never too few: whoever comes back then is let in.
  private static long seconds(Duration duration) {
    return duration.plusNanos(999_999_999).toSeconds();
  }
}
