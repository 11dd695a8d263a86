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
  private final OperatorStore store;
  private final InstantSource clock;
  private final SecureRandom random;

  Trail(OperatorStore store, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  void record(Actor by, Action action, String subject) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    // Thirteen digits of milliseconds, so that keys sort like times; two of one moment differ.
    String key = "%013d-%s".formatted(now.toEpochMilli(), Ids.random("", random).substring(0, 10));
    store.record(new AuditEntry(key, now, by, action, subject), now.plus(Limits.AUDIT_LIFE));
  }
}
