package parley.messaging.operator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Port: where operators' tokens and the audit trail are kept.
public interface OperatorStore {
  /// Keeps a new token. One write.
  void add(Operator operator);

  /// What is kept of a token, by a strongly consistent read; null for none. It may be expired.
  @Nullable Operator operator(OperatorId id);

  /// The tokens, at most `limit`, in the order of their ids. Expired ones may be among them.
  List<Operator> operators(int limit);

  /// Forgets a token; false if there was none. One write.
  boolean remove(OperatorId id);

  /// Writes a line of the trail, for good until `expiresAt`. One write.
  void record(AuditEntry entry, Instant expiresAt);

  /// The newest lines before `key` (null for the newest of all), newest first.
  List<AuditEntry> trail(@Nullable String key, int limit);
}
