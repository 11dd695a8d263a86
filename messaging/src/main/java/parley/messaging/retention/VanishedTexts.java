package parley.messaging.retention;

import org.jspecify.annotations.Nullable;
import parley.messaging.message.Vanishing;

/// Port: the texts of messages, wherever the table holds them.
public interface VanishedTexts {
  /// Reads the table from `cursor` on (null for its beginning) for at most `limit` items, and takes
  /// away the texts of those whose time is over. Numbers, times and counts stay. It may be
  /// repeated.
  Piece blank(Vanishing vanishing, @Nullable String cursor, int limit);

  /// What became of a piece: texts that were taken away, items that will vanish later or say that
  /// what is written will, and where the next piece begins, null at the end.
  record Piece(long blanked, long lasting, @Nullable String next) {}
}
