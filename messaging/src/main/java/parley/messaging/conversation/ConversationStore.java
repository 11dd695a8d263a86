package parley.messaging.conversation;

import java.time.Instant;

/// Port: where heads are kept.
public interface ConversationStore {
  /// Stores the head unless a living one is there already. One write.
  Opened open(Head head, Instant now);

  /// Moves the end of a head that still has one. A head without an end stays without.
  void renew(ConversationId id, Instant expiresAt);

  /// What became of an opening.
  sealed interface Opened {
    /// It was not there, and now is.
    record Created() implements Opened {}

    /// It was there before.
    record Existing(Head head) implements Opened {}
  }
}
