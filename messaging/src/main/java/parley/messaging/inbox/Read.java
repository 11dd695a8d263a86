package parley.messaging.inbox;

/// What became of a read mark.
public sealed interface Read {
  /// What is marked now (perhaps more than was asked for: marks never go back), and what is unread.
  record Marked(long readSeq, long unread) implements Read {}

  /// The log ends at `lastSeq`.
  record Beyond(long lastSeq) implements Read {}

  /// There is no such conversation, or this person is not in it: nobody is told which.
  record NoConversation() implements Read {}
}
