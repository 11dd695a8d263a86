package parley.store;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.store.Checkpoints.Checkpoint;
import parley.store.StreamFollower.Pace;

/// Which of the servers reads for a reader. As with the projection there is no clock in it: whoever
/// has it writes every so often, and whoever sees it stand still may take it.
final class FollowerLease {
  private static final String ITEM = "LEASE";

  /// How it stands, and since when (milliseconds) this reader is told anything.
  private enum Standing {
    HELD,
    FREE,
    GONE
  }

  private final Checkpoints checkpoints;
  private final String owner;
  private final Pace pace;
  private final InstantSource clock;

  /// Whether nobody has looked at how it stands since this server started.
  private boolean starting = true;

  private volatile boolean closed;
  private volatile Instant since = Instant.EPOCH;

  FollowerLease(Checkpoints checkpoints, String owner, Pace pace, InstantSource clock) {
    this.checkpoints = checkpoints;
    this.owner = owner;
    this.pace = pace;
    this.clock = clock;
  }

  /// What happened before was before this reader was there.
  Instant since() {
    return since;
  }

  /// Waits until it is this server's.
  void take() throws InterruptedException {
    while (true) {
      Checkpoint seen = checkpoints.read(ITEM);
      Standing standing = standing(seen);
      boolean free =
          standing == Standing.FREE || standing == Standing.GONE && starting || isOwn(seen);
      starting = false;
      if (!free) {
        Thread.sleep(pace.takeOverAfter());
        Checkpoint now = checkpoints.read(ITEM);
        free =
            standing == Standing.HELD
                && now != null
                && seen != null
                && now.version() == seen.version();
        seen = now;
      }
      if (free && taken(seen)) {
        return;
      }
    }
  }

  private boolean isOwn(@Nullable Checkpoint seen) {
    return seen != null && owner.equals(seen.owner()) && standing(seen) == Standing.HELD;
  }

  private boolean taken(@Nullable Checkpoint seen) {
    Checkpoint mine =
        seen == null
            ? checkpoints.takeNew(ITEM, owner)
            : checkpoints.takeFrom(ITEM, owner, seen.version());
    if (mine == null) {
      return false;
    }
    since = since(mine.position());
    return write(Standing.HELD);
  }

  private static Standing standing(@Nullable Checkpoint seen) {
    String position = seen == null ? null : seen.position();
    return position == null
        ? Standing.FREE
        : Standing.valueOf(position.substring(0, position.indexOf(' ')));
  }

  private Instant since(@Nullable String position) {
    return position == null
        // By whichever of two clocks that differ: a new reader hears of a minute too much.
        ? clock.instant().minus(Limits.SERVER_CLOCK_ALLOWANCE)
        : Instant.ofEpochMilli(Long.parseLong(position.substring(position.indexOf(' ') + 1)));
  }

  private boolean write(Standing standing) {
    return checkpoints.save(ITEM, owner, standing + " " + since.toEpochMilli());
  }

  /// Shows that this server lives, until it is closed. Whoever follows is interrupted when somebody
  /// else has the lease.
  Beat beat(Thread follower) {
    return new Beat(follower);
  }

  final class Beat implements AutoCloseable {
    private final Thread thread;

    private Beat(Thread follower) {
      this.thread = Thread.ofVirtual().start(() -> beat(follower));
    }

    private void beat(Thread follower) {
      try {
        while (!closed) {
          Thread.sleep(pace.takeOverAfter().dividedBy(3));
          if (!isStillHeld()) {
            follower.interrupt();
            return;
          }
        }
      } catch (InterruptedException e) {
        // It has been given back.
      }
    }

    private boolean isStillHeld() {
      try {
        return write(Standing.HELD);
      } catch (RuntimeException e) {
        // A table that does not answer takes no lease away; being told twice is harmless.
        return true;
      }
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  /// Nobody reads for this reader, until a server starts.
  void giveUp() {
    write(Standing.GONE);
  }

  /// Another server may have it at once.
  void release() {
    try {
      Checkpoint seen = checkpoints.read(ITEM);
      if (isOwn(seen)) {
        boolean _ = write(Standing.FREE);
      }
    } catch (RuntimeException e) {
      // It is taken when it has stood still for long enough.
    }
  }

  void close() {
    closed = true;
  }
}
