package parley.messaging.message;

import parley.messaging.account.UserId;

/// Whether somebody has blocked somebody, as of [parley.messaging.Limits#DECISION_STALENESS] ago or
/// later.
@FunctionalInterface
public interface Blocking {
  boolean hasBlocked(UserId blocker, UserId blocked);
}
