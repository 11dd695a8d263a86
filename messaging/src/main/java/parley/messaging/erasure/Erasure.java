package parley.messaging.erasure;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Handle;
import parley.messaging.account.UserId;

/// The job of erasing one account. It lies outside the person's own items, so that it outlives
/// them.
///
/// - `dueAt`: when it begins. Until then it can be taken back.
/// - `claim`: under which its receipt will lie.
/// - `step`, `cursor`: what is done next, and how far that has come; null for not begun.
/// - `removed`: how many of what were removed or blanked so far. A process that died may have
///   removed a step's worth more.
/// - `found`: how many of them the present reading of the table found.
/// - `nextAt`: before then there is nothing to do. Whoever works on it moves it ahead, so that
///   others leave it alone for that long.
/// - `version`: changes with every write, so that of two who work on it one goes on.
public record Erasure(
    UserId user,
    Handle handle,
    Instant askedAt,
    Instant dueAt,
    Claim claim,
    Step step,
    @Nullable String cursor,
    Map<String, Long> removed,
    long found,
    Instant nextAt,
    long version) {
  public Erasure {
    removed = Map.copyOf(removed);
  }

  /// One that has just been asked for.
  static Erasure asked(UserId user, Handle handle, Instant askedAt, Instant dueAt, Claim claim) {
    return new Erasure(
        user, handle, askedAt, dueAt, claim, Step.CLOSE, null, Map.of(), 0, dueAt, 1);
  }

  /// The same, with its receipt under another claim.
  Erasure under(Claim another) {
    return new Erasure(
        user, handle, askedAt, dueAt, another, step, cursor, removed, found, nextAt, version);
  }

  /// The same, taken by somebody until `until`.
  Erasure taken(Instant until) {
    return new Erasure(
        user, handle, askedAt, dueAt, claim, step, cursor, removed, found, until, version);
  }

  /// What comes after this: the next step, from its beginning, at `at`.
  Erasure to(Step next, Instant at) {
    return new Erasure(user, handle, askedAt, dueAt, claim, next, null, removed, 0, at, version);
  }

  /// The same step, from `cursor` on, at `at`.
  Erasure on(@Nullable String from, Instant at) {
    return new Erasure(
        user, handle, askedAt, dueAt, claim, step, from, removed, found, at, version);
  }

  /// With what was removed, in addition.
  Erasure plus(Map<String, Long> more) {
    Map<String, Long> sum = new TreeMap<>(removed);
    more.forEach((what, count) -> sum.merge(what, count, Long::sum));
    long all = more.values().stream().mapToLong(Long::longValue).sum();
    return new Erasure(
        user, handle, askedAt, dueAt, claim, step, cursor, sum, found + all, nextAt, version);
  }

  /// As it is stored over this one.
  public Erasure stored() {
    return new Erasure(
        user, handle, askedAt, dueAt, claim, step, cursor, removed, found, nextAt, version + 1);
  }

  /// Names neither the person nor what opens the receipt.
  @Override
  public String toString() {
    return "Erasure[" + step + ", version " + version + "]";
  }
}
