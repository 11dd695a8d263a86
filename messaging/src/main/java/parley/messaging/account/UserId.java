package parley.messaging.account;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import parley.messaging.Ids;
import parley.messaging.Parsed;

/// The id of an account: `u-` and 130 random bits. It never changes and is never given out again.
public record UserId(String value) implements Comparable<UserId> {
  private static final String PREFIX = "u-";

  /// Nobody has this id. It stands where somebody was whose account has been erased, and where a
  /// handle has no owner.
  public static final UserId NOBODY = of(new byte[32]);

  public UserId {
    if (!isId(value)) {
      throw new IllegalArgumentException("not an account id: it is u- and 26 of a-z2-7");
    }
  }

  public static boolean isId(String text) {
    return Ids.isId(PREFIX, text);
  }

  public static Parsed<UserId> parse(String text) {
    return isId(text)
        ? Parsed.good(new UserId(text))
        : Parsed.bad("account_id_invalid", "An account id is u- followed by 26 of a-z and 2-7.");
  }

  public static UserId random(SecureRandom random) {
    return new UserId(Ids.random(PREFIX, random));
  }

  /// The id made of the first 130 of `bits`.
  public static UserId of(byte[] bits) {
    return new UserId(Ids.encode(PREFIX, bits));
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  // By hand, here and in what else each event meets: Java would make these two when they are first
  // asked for, and a function that has just started waits some milliseconds for that.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UserId(String its) && value.equals(its);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
