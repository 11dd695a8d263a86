package parley.messaging.operator;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import parley.messaging.Ids;
import parley.messaging.Limits;
import parley.messaging.operator.AuditEntry.Action;

/// The audit trail, for whoever writes to it: before the deed, so that it never fails to tell of
/// something that was done.
final class Trail {
  private static final int LETTERS = 26;

  private final OperatorStore store;
  private final InstantSource clock;
  private final SecureRandom random;
  private long moment;
  private int before;

  Trail(OperatorStore store, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  void record(Actor by, Action action, String subject) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String key = key(now.toEpochMilli());
    store.record(new AuditEntry(key, now, by, action, subject), now.plus(Limits.AUDIT_LIFE));
  }

  /// Thirteen digits of milliseconds, so that keys sort like times; two letters, so that those of
  /// one moment sort as they came here; and chance, so that those of two servers differ.
  private synchronized String key(long now) {
    before = now == moment ? Math.min(before + 1, LETTERS * LETTERS - 1) : 0;
    moment = now;
    return "%013d-%c%c%s"
        .formatted(
            now,
            'a' + before / LETTERS,
            'a' + before % LETTERS,
            Ids.random("", random).substring(0, 8));
  }
}
