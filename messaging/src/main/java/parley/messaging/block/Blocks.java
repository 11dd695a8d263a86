package parley.messaging.block;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.Fresh;
import parley.messaging.Hearing;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.message.Blocking;

/// Use case: blocking people. Nobody is told that they are blocked, in any way: what they write is
/// accepted as always.
public final class Blocks implements Blocking {
  private static final int PAIRS = 100_000;

  private final BlockStore store;
  private final InstantSource clock;
  private final Fresh<Pair, Boolean> known;

  private record Pair(UserId blocker, UserId blocked) {}

  public Blocks(BlockStore store, InstantSource clock, Hearing hearing) {
    this.store = store;
    this.clock = clock;
    this.known = new Fresh<>(PAIRS, clock, hearing);
  }

  /// Blocks somebody, from the next entry on: on this server at once, on every server within
  /// [Limits#DECISION_STALENESS].
  public void block(UserId blocker, UserId blocked) {
    if (blocker.equals(blocked)) {
      throw new IllegalArgumentException("nobody blocks themselves");
    }
    store.block(blocker, new Block(blocked, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    heard(blocker, blocked);
  }

  /// Takes it back, from the next entry on. What was written meanwhile stays hidden.
  public void unblock(UserId blocker, UserId blocked) {
    store.unblock(blocker, blocked);
    heard(blocker, blocked);
  }

  /// A page of those whom a person has blocked, after `after`.
  public List<Block> page(UserId blocker, @Nullable UserId after) {
    return store.blocks(blocker, after, Limits.BLOCKS_PAGE);
  }

  @Override
  public boolean hasBlocked(UserId blocker, UserId blocked) {
    return known.get(
        new Pair(blocker, blocked), pair -> store.isBlocked(pair.blocker(), pair.blocked()));
  }

  /// The stream tells that a block came or went.
  public void heard(UserId blocker, UserId blocked) {
    known.forget(new Pair(blocker, blocked));
  }
}
