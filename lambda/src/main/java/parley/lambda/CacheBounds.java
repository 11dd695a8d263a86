package parley.lambda;

import java.time.Duration;

/// What the shared cache may cost those who ask it, and how long it is believed.
final class CacheBounds {
  /// How long a connection, a place among the connections, or an answer is waited for. What is read
  /// from the table instead takes less.
  static final Duration WAIT = Duration.ofMillis(50);

  /// An answer that took longer, all in all, counts as none for what is asked next: one that
  /// trickles never makes anybody wait for [#WAIT] at once.
  static final Duration SLOW = Duration.ofMillis(100);

  /// Answers in a row that failed or were slow before it is left alone. The first may be a
  /// connection that was lost while the instance was frozen.
  static final int FAILURES = 2;

  /// For how long it is left alone then.
  static final Duration LEFT_ALONE = Duration.ofSeconds(5);

  /// How long an entry stays, if nobody hears of its person's changes.
  static final Duration LIFE = Duration.ofSeconds(60);

  /// How long nothing is kept of somebody who has changed: longer than a read of the table takes
  /// with all its retries, so that one from before is not kept after it.
  static final Duration CHANGED = Duration.ofSeconds(10);

  /// The most people asked for, kept or forgotten in one go. The others are read from the table, or
  /// forgotten in the next.
  static final int PEOPLE = 100;

  /// Connections of one instance.
  static final int CONNECTIONS = 4;

  private CacheBounds() {}
}
