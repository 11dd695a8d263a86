package parley.messaging.event;

/// Why a connection is ended by this side.
public enum Ending {
  /// This server stops: connect again.
  GOING_AWAY,
  /// The session is over: sign in again.
  SESSION_ENDED,
  /// It did not take what was sent to it: connect again, and ask for what was missed.
  TOO_SLOW,
  /// The account has too many connections: the oldest goes.
  TOO_MANY,
  /// It lived as long as a connection may: connect again.
  LIFE_OVER,
  /// Nothing was heard from it for too long.
  SILENT,
  /// It sent what is no text.
  NOT_TEXT,
  /// It sent more at once than anything that a client has to say.
  TOO_LONG
}
