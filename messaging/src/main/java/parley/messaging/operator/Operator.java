package parley.messaging.operator;

import java.time.Instant;
import java.util.Set;

/// What is kept of a token: its id, what it is for, what it may do, and until when.
public record Operator(
    OperatorId id, OperatorName name, Set<Scope> scopes, Instant createdAt, Instant expiresAt) {
  public Operator {
    scopes = Set.copyOf(scopes);
  }

  /// Whether it is past its end: the service deletes expired items days late.
  public boolean isExpiredAt(Instant now) {
    return !expiresAt.isAfter(now);
  }
}
