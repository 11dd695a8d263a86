package parley.messaging.retention;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.LongAdder;
import parley.messaging.Limits;
import parley.messaging.message.Sweeping;
import parley.messaging.message.Vanishing;

/// Takes the texts of what has vanished out of the table, a bounded piece at a time: whoever calls
/// [#work] again and again, in whatever process, however often it was killed, comes to the end.
///
/// It reads the whole table, once a day, and only where something vanishes: where the deployment
/// keeps nothing for ever, or since a conversation has said so. Once a reading has found nothing
/// that is to vanish, it rests until a conversation says so again.
public final class Sweeper implements Sweeping {
  private final Sweeps sweeps;
  private final VanishedTexts texts;
  private final Vanishing vanishing;
  private final InstantSource clock;
  private final LongAdder blanked = new LongAdder();

  public Sweeper(Sweeps sweeps, VanishedTexts texts, Vanishing vanishing, InstantSource clock) {
    this.sweeps = sweeps;
    this.texts = texts;
    this.vanishing = vanishing;
    this.clock = clock;
  }

  @Override
  public Vanishing vanishing() {
    return vanishing;
  }

  @Override
  public void wanted() {
    Instant now = now();
    sweeps.want(now, now.plus(Limits.RETENTION_SWEEP_EVERY));
  }

  /// How many texts it has taken away since it was made.
  public long blanked() {
    return blanked.sum();
  }

  /// Does one piece, if one is due; false if none is.
  public boolean work() {
    Instant now = now();
    Sweep sweep = sweeps.sweep();
    if (sweep == null || sweep.nextAt() == null) {
      if (vanishing.mostDays() == Vanishing.FOREVER) {
        return false;
      }
      sweeps.want(now, now);
      return true;
    }
    if (sweep.nextAt().isAfter(now)) {
      return false;
    }
    Sweep mine = sweeps.move(sweep.taken(now.plus(Limits.RETENTION_LEASE)));
    if (mine == null) {
      return false;
    }
    VanishedTexts.Piece piece = texts.blank(vanishing, mine.cursor(), Limits.RETENTION_PIECE);
    blanked.add(piece.blanked());
    long lasting = mine.lasting() + piece.lasting();
    sweeps.move(
        piece.next() != null ? mine.on(now(), piece.next(), lasting) : ended(mine, lasting));
    return true;
  }

  /// A reading is over. A conversation that has just said so may have been passed by.
  private Sweep ended(Sweep mine, long lasting) {
    Instant next = now().plus(Limits.RETENTION_SWEEP_EVERY);
    boolean rests =
        vanishing.mostDays() == Vanishing.FOREVER
            && lasting == 0
            && mine.wantedAt().isBefore(now().minus(Limits.RETENTION_SWEEP_EVERY));
    return mine.on(rests ? null : next, null, 0);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
