package parley.messaging.block;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;

/// Port: where blocks are kept, each with its mirror at the one who is blocked, so that an erasure
/// of either finds both.
public interface BlockStore {
  /// Stores a block: the mirror first, so that there is never a block without one. Two writes.
  void block(UserId blocker, Block block);

  /// Takes a block away, and then its mirror. Two writes.
  void unblock(UserId blocker, UserId blocked);

  /// Whether there is such a block, strongly consistent.
  boolean isBlocked(UserId blocker, UserId blocked);

  /// Whom this person has blocked, by account id, at most `limit` after `after` (null for the
  /// first).
  List<Block> blocks(UserId blocker, @Nullable UserId after, int limit);
}
