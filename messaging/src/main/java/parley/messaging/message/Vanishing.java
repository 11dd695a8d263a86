package parley.messaging.message;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import parley.messaging.message.Entry.Message;
import parley.messaging.message.Entry.Stamped;

/// What of the messages has vanished by now: by what their conversation said when they were sent,
/// and by what the deployment says of all of them. The shorter holds.
///
/// Whoever shows something asks here first, so that a message is gone the moment its time is over;
/// that its text leaves the table too is for a sweep, later.
public final class Vanishing {
  /// A deployment that keeps messages for as long as their conversations do.
  public static final int FOREVER = 0;

  private final InstantSource clock;
  private final int mostDays;

  public Vanishing(InstantSource clock, int mostDays) {
    this.clock = clock;
    this.mostDays = mostDays;
  }

  /// For how many days this deployment keeps any message, 0 for ever.
  public int mostDays() {
    return mostDays;
  }

  /// When something vanishes, null for never.
  public @Nullable Instant endOf(Age age) {
    int days = age.days();
    if (mostDays > 0 && (days == 0 || mostDays < days)) {
      days = mostDays;
    }
    return days == 0 ? null : age.at().plus(Duration.ofDays(days));
  }

  /// Whether its time is over.
  public boolean isOver(Age age) {
    Instant end = endOf(age);
    return end != null && !end.isAfter(clock.instant());
  }

  /// Whether the deployment keeps nothing that is as old as this: then nothing older is left
  /// either.
  public boolean isOverForAll(Instant at) {
    return isOver(new Age(at, 0));
  }

  /// Whether all messages are over that were sent under the same word of their conversation as this
  /// entry, no later than it.
  boolean isOverWithAllBefore(Stamped entry) {
    Keep keep = entry.stamp().keep();
    return keep.ends() && isOver(new Age(entry.at(), Math.max(keep.days(), keep.aside())));
  }

  /// An entry as it is to be shown now: of what has vanished, its number.
  public Stamped seen(Stamped entry) {
    boolean isGone =
        switch (entry) {
          case Message message -> message.vanished() || isOver(message.age());
          case Entry.Edit edit -> isOver(edit.age());
          case Entry.Unsend _, Entry.Members _, Entry.Retention _, Entry.Other _ -> false;
        };
    return isGone ? new Entry.Other(entry.stamp(), Entry.Other.VANISHED) : entry;
  }
}
