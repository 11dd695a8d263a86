package parley.messaging.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.SessionId;

/// Port: where tickets are kept, each under its hash.
public interface TicketStore {
  /// Stores a new one. One write.
  void issue(String hash, SessionId session, Instant expiresAt);

  /// Takes it away, if it is there and not past its end, and returns whose it was; null otherwise.
  /// One write, so that whoever else holds it comes too late, on every server.
  @Nullable SessionId redeem(String hash, Instant now);
}
