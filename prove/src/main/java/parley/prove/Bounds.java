package parley.prove;

import java.time.Duration;

/// Every bound of a proof, in one place.
final class Bounds {
  /// People, conversations and messages, at most: a proof keeps all that was sent in memory.
  static final int PEOPLE = 200;

  static final int CONVERSATIONS = 2_000;
  static final int MESSAGES = 1_000_000;
  static final int MINUTES = 24 * 60;

  /// How often servers are killed, at most.
  static final int TIMES = 1_000;

  /// How long one request may take. Less than what a server allows itself, so that one that stands
  /// still is left alone soon.
  static final Duration REQUEST = Duration.ofSeconds(5);

  /// How long one request is repeated until somebody answers.
  static final Duration PATIENCE = Duration.ofMinutes(2);

  static final Duration CONNECT = Duration.ofSeconds(2);

  /// The longest rest between two tries, where the server names none.
  static final Duration REST = Duration.ofMillis(800);

  /// How long inboxes may be behind when everything has been said, unless told otherwise.
  static final int INBOX_SECONDS = 10;

  /// The same where the server that made them is dead or stands still: others wait for half a
  /// minute before they take over (docs/decisions/0008), and then have a backlog.
  static final Duration TAKE_OVER = Duration.ofMinutes(2);

  /// How long a server may take to start, and to end.
  static final Duration START = Duration.ofSeconds(60);

  static final Duration END = Duration.ofSeconds(15);

  /// How long an answer is waited for before it is thrown away, in milliseconds.
  static final int THROW_AWAY_AFTER_MS = 25;

  /// The most findings that a report spells out for each promise.
  static final int FINDINGS_SHOWN = 10;

  private Bounds() {}
}
