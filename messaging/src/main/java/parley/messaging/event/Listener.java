package parley.messaging.event;

/// One open connection, as the host has it.
public interface Listener {
  /// Hands over one event. Called on one thread, and may block. What it throws ends the connection.
  void send(Event event) throws Exception;

  /// Ends the connection, politely. Called on the same thread, once, after everything that was
  /// sent.
  void end(Ending ending);

  /// Ends it at once, whatever it is at: the other side had its time. Called on any thread, perhaps
  /// more than once.
  void cut();
}
