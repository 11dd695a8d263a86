package parley.lambda;

import java.time.Duration;
import parley.messaging.Limits;

/// How long functions wait for what they can do without: the cache that they share, and the gateway
/// that keeps connections.
///
/// @param cache for a connection to the cache, a place among the connections, or an answer
/// @param slow for an answer of the cache, all in all, before it counts as none
/// @param gateway for one try to tell a connection something
/// @param telling for all that a batch has to tell
record Patience(Duration cache, Duration slow, Duration gateway, Duration telling) {
  /// What is read from the table instead takes no longer, and whoever is told nothing finds out by
  /// itself.
  static final Patience USUAL =
      new Patience(CacheBounds.WAIT, CacheBounds.SLOW, Duration.ofSeconds(1), Limits.TELLING_TIME);
}
