package parley.messaging.erasure;

/// What an erasure does next. The order is that of the work.
public enum Step {
  /// Wait until the account's time has come, then shut it: nobody signs in, every session is over.
  CLOSE,

  /// Leave each conversation, and take what the person wrote out of it.
  CONVERSATIONS,

  /// Remove what else lies under the person's own id, their handle, and the account.
  OWN,

  /// Read the whole table, and remove what else names the person.
  SWEEP,

  /// A day later, when the change stream has forgotten: read everything again, until a whole
  /// reading finds nothing.
  LAST_SWEEP
}
