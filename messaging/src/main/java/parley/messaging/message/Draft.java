package parley.messaging.message;

/// What somebody wants to write, before it has a number.
sealed interface Draft {
  record Say(Text text) implements Draft {}

  record Amend(long target, Text text) implements Draft {}

  record Withdraw(long target) implements Draft {}

  record Retain(int days) implements Draft {}

  /// Whether `entry` is this very thing. A message that was edited or unsent since, or has
  /// vanished, has lost its first text, and so has an edit of one: there only the client id can
  /// tell, and it is believed.
  default boolean isWhatIsIn(Entry.Authored entry) {
    return switch (this) {
      case Say(Text text) ->
          entry instanceof Entry.Message m
              && (m.rev() > 0 || m.text() == null || text.equals(m.text()));
      case Amend(long target, Text text) ->
          entry instanceof Entry.Edit e
              && e.target() == target
              && (e.text() == null || text.equals(e.text()));
      case Withdraw(long target) -> entry instanceof Entry.Unsend u && u.target() == target;
      case Retain(int days) -> entry instanceof Entry.Retention r && r.days() == days;
    };
  }
}
