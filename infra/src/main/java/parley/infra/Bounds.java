package parley.infra;

import java.time.Duration;

/// How much, how often and how long, of everything that runs on the service. Bounds of the product
/// itself are where the product is.
final class Bounds {
  private Bounds() {}

  // Functions.

  /// Memory in MB; the service gives processors by it, a whole one at 1,769. Passwords are hashed
  /// in the function that answers requests.
  static final int HTTP_MEMORY_MB = 1_769;

  static final int STREAM_MEMORY_MB = 1_024;
  static final int SOCKET_MEMORY_MB = 512;

  /// Longer than all waits of a request (ten seconds for those before it, seven for the table),
  /// shorter than the thirty seconds after which the gateway gives up.
  static final Duration HTTP_TIMEOUT = Duration.ofSeconds(25);

  /// A whole batch, each conversation of which may meet a table that is slow to answer.
  static final Duration STREAM_TIMEOUT = Duration.ofSeconds(60);

  static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(10);

  /// The pool of accounts waits no longer.
  static final Duration POST_CONFIRMATION_TIMEOUT = Duration.ofSeconds(5);

  static final int CHORES_MEMORY_MB = 512;

  /// How often work is looked for that need not be done at once, and how long a call may go on with
  /// it: no longer, so that one has ended when the next begins.
  static final Duration CHORES_EVERY = Duration.ofMinutes(1);

  static final Duration CHORES_TIMEOUT = Duration.ofSeconds(60);

  // The stream.

  /// Records of a batch. A hundred entries of the longest messages are well below the 6 MB that one
  /// invocation may carry.
  static final int BATCH = 100;

  /// What the service allows.
  static final Duration WINDOW_MAX = Duration.ofMinutes(5);

  /// Batches of one shard that are under way at a time. Of several, the service keeps the order of
  /// each item, and entries of one conversation are different items: people would hear 7 before 6.
  static final int BATCHES_PER_SHARD = 1;

  /// Tries of a batch after its first. Halving a batch does not count, so a record that cannot be
  /// projected is found within the time of these.
  static final int RETRIES = 8;

  /// Records older than this are given up, well before the stream forgets them.
  static final Duration RECORD_AGE_MAX = Duration.ofHours(6);

  /// How long the queue keeps what was given up: as long as the service allows.
  static final Duration QUEUE_KEEPS = Duration.ofDays(14);

  // The gateways.

  /// Requests a second, of everybody together, and how many at once beyond.
  static final int HTTP_RATE = 500;

  static final int HTTP_BURST = 1_000;

  static final int SOCKET_RATE = 200;
  static final int SOCKET_BURST = 400;

  // The table.

  /// How much of its provisioned capacity the table should use, in percent: more makes it grow.
  static final int USE_PERCENT = 70;

  /// Days for which the table can be brought back to any second.
  static final int RECOVERY_DAYS = 35;

  // What wakes somebody.

  static final Duration ALARM_PERIOD = Duration.ofMinutes(5);

  /// Inboxes are late by so much.
  static final Duration ITERATOR_AGE = Duration.ofMinutes(1);

  /// Answers 5xx of the gateway, in one period.
  static final int SERVER_ERRORS = 5;

  /// Dollars a month, unless the parameter says otherwise.
  static final int BUDGET_DOLLARS = 20;

  /// The share of the budget at which somebody is told, in percent.
  static final int BUDGET_WARNING_PERCENT = 80;

  // The shared cache.

  /// Gigabytes that it may hold, and processing units a second that it may use: it is paid for by
  /// what it takes.
  static final int CACHE_GB = 1;

  static final int CACHE_UNITS_A_SECOND = 5_000;

  // The secrets.

  /// Characters of a generated secret: read as base64, 48 bytes. A multiple of four, so that it is
  /// base64.
  static final int SECRET_CHARS = 64;
}
