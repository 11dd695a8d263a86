package parley.messaging.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.SessionId;
import parley.messaging.account.UserId;

/// Port: where the connections that a gateway keeps are remembered, each under its person and under
/// its session. All reads are strongly consistent: whoever has just connected asks the log for what
/// came before, and hears all that comes after.
public interface LinkStore {
  /// Takes note of a connection. Two writes, the session's first: what can be told can be ended.
  void add(Link link);

  /// The connections of a person that are not to be forgotten yet, at most `limit`.
  List<Link> links(UserId user, Instant now, int limit);

  /// The same, of one session.
  List<Link> links(SessionId session, Instant now, int limit);

  /// One connection, null where it is not remembered.
  @Nullable Link link(UserId user, String name);

  /// Forgets a connection. Two writes, the person's first.
  void remove(Link link);
}
