package parley.messaging.message;

import java.time.Duration;
import java.time.Instant;

/// What became of a message, an edit or an unsend.
public sealed interface Written {
  /// It is in the log now.
  record Stored(Entry.Authored entry) implements Written {}

  /// An earlier attempt under the same client id is there already: this is what it wrote.
  record Already(Entry.Authored entry) implements Written {}

  /// The client id names something else that the same person wrote.
  record ClientIdReused() implements Written {}

  /// The id's time is further ahead than the allowance: the client's clock is wrong. `now` is the
  /// server's.
  record ClientIdInFuture(Instant now) implements Written {}

  /// The id's time is too long ago for an earlier attempt to be ruled out. `now` is the server's.
  record ClientIdExpired(Instant now) implements Written {}

  /// There is no such conversation, or this person is not in it: nobody is told which.
  record NoConversation() implements Written {}

  /// There is no such message, or it is not this person's own, or it was unsent or has vanished.
  record NoMessage() implements Written {}

  /// The message was sent longer ago than [parley.messaging.Limits#EDIT_WITHIN]. It can be unsent.
  record TooLate() implements Written {}

  /// Nobody has written here yet, so that there is nothing to keep.
  record NothingWritten() implements Written {}

  /// Everybody else who was in the conversation has left, and their accounts are gone.
  record NobodyThere() implements Written {}

  /// Nobody has written here yet, and this person has approached as many strangers today as they
  /// may ([parley.messaging.Limits#STRANGERS_A_DAY]). Nothing was stored; it is possible when
  /// `left` is over.
  record TooManyStrangers(Duration left) implements Written {}

  /// Too many are writing here at once. Nothing was stored; the same id may be sent again.
  record TooBusy() implements Written {}
}
