package parley.messaging.erasure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;

/// Port: everything that is stored of one person, to be removed piece by piece. Every method is
/// bounded, and safe to repeat.
public interface PersonalData {
  /// Says in the account that it will be erased at `at`, null for never; false if there is no such
  /// account, or it is being erased already. One write.
  boolean announce(UserId user, @Nullable Instant at);

  /// Shuts the account, if it is still to be erased at `at` (null for whatever it says): from here
  /// on it is no account to anybody, and nobody signs in. False if it was taken back meanwhile, or
  /// is gone.
  boolean close(UserId user, @Nullable Instant at);

  /// Conversations that this person has a row of, at most `limit`.
  List<ConversationId> conversations(UserId user, int limit);

  /// What came of a piece of work: how many of what were removed or blanked, and where the next
  /// piece begins, null at the end.
  record Piece(Map<String, Long> removed, @Nullable String next) {
    public Piece {
      removed = Map.copyOf(removed);
    }
  }

  /// Takes what this person wrote, and their name, out of a log, from `cursor` on (null for its
  /// beginning); messages come to reflect entry `rev`. At the end, out of the rows of the others
  /// and their own.
  Piece blank(UserId user, ConversationId id, long rev, @Nullable String cursor);

  /// Removes what else lies under this person's id, and at the end their handles and the account.
  Piece own(UserId user);

  /// Reads a page of the whole table, and removes or blanks what names this person. `departed`
  /// makes them leave a conversation, and says by which entry.
  Piece sweep(UserId user, ToLongFunction<ConversationId> departed, @Nullable String cursor);
}
