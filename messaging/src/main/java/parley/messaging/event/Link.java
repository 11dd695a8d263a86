package parley.messaging.event;

import java.time.Instant;
import parley.messaging.Limits;
import parley.messaging.account.Session;
import parley.messaging.account.UserId;

/// A connection of a session that a gateway keeps open while no process of ours runs; `name` is the
/// gateway's own for it.
public record Link(String name, Session session, Instant opened) {
  public UserId user() {
    return session.user();
  }

  /// When nobody needs to remember it any more: the gateway has ended it by then.
  public Instant forgottenAt() {
    return opened.plus(Limits.LINK_LIFE);
  }
}
