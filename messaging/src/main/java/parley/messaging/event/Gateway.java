package parley.messaging.event;

/// Port: whoever keeps connections open for us, and hands over what it is given. Calls may block,
/// for a bounded time, and never throw.
public interface Gateway {
  /// What became of an event.
  enum Delivery {
    TAKEN,
    /// There is no such connection any more.
    GONE,
    /// It was not taken, or nobody knows.
    FAILED
  }

  Delivery send(Link link, Event event);

  /// Says why, and ends the connection, if it is still there.
  void end(Link link, Ending why);
}
