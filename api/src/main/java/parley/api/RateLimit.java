package parley.api;

import com.google.errorprone.annotations.Immutable;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How often things may be done: every number of it, in one place. Each server counts for itself.
///
/// `account` is what one account may do, wherever it is signed in; `address` is what may come from
/// one address, where many people can be behind it. A route names its limit.
enum RateLimit {
  /// Messages.
  SEND(Rate.of(60, 10, Duration.ofSeconds(1)), Rate.of(600, 100, Duration.ofSeconds(1))),

  /// New accounts: each costs a hash and five writes.
  SIGN_UP(null, Rate.of(50, 50, Duration.ofHours(1))),

  /// Passwords to look at, whoever's. Wrong ones for one handle are slowed down besides.
  SIGN_IN(Rate.of(10, 1, Duration.ofMinutes(1)), Rate.of(60, 20, Duration.ofMinutes(1))),

  /// Searches for people.
  LOOK_UP(Rate.of(40, 2, Duration.ofSeconds(1)), Rate.of(400, 20, Duration.ofSeconds(1))),

  /// People whom searches show and have not shown to this account within a day. Within any 24 hours
  /// one account sees those that it paid for in up to 48: 200 and twice 150, so 500 at most.
  PEOPLE_SEEN(Rate.of(200, 150, Duration.ofDays(1)), Rate.of(4_000, 3_000, Duration.ofDays(1))),

  /// Conversations opened, new or not: it tells which handles exist.
  OPEN(Rate.of(30, 10, Duration.ofMinutes(1)), Rate.of(300, 100, Duration.ofMinutes(1))),

  /// Messages reported: each is up to five copies that operators read.
  REPORT(Rate.of(20, 20, Duration.ofDays(1)), Rate.of(200, 200, Duration.ofDays(1))),

  /// Whether the server is there, and what it can do.
  PROBE(null, Rate.of(100, 20, Duration.ofSeconds(1))),

  /// Everything else.
  GENERAL(Rate.of(200, 50, Duration.ofSeconds(1)), Rate.of(1_000, 200, Duration.ofSeconds(1)));

  @SuppressWarnings("ImmutableEnumChecker") // an annotation on the type hides that it is
  private final @Nullable Rate account;

  private final Rate address;

  RateLimit(@Nullable Rate account, Rate address) {
    this.account = account;
    this.address = address;
  }

  /// Null where nobody is signed in.
  @Nullable Rate account() {
    return account;
  }

  Rate address() {
    return address;
  }

  /// What answers call it.
  String policy(String whose) {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + whose;
  }

  /// `burst` at once, and `refill` more in each `period`, evenly.
  @Immutable
  record Rate(long burst, long refill, Duration period) {
    static Rate of(long burst, long refill, Duration period) {
      return new Rate(burst, refill, period);
    }

    /// After which a rate that was used up is whole again.
    Duration whole() {
      return period.multipliedBy(burst).dividedBy(refill);
    }
  }
}
