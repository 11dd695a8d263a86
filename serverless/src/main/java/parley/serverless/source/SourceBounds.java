package parley.serverless.source;

import java.time.Duration;

/// Every bound of reading a stream for a function.
final class SourceBounds {
  private SourceBounds() {}

  /// How often a shard is read: AWS Lambda does four times a second.
  static final Duration POLL = Duration.ofMillis(250);

  /// How often it is looked for new shards.
  static final Duration SHARDS = Duration.ofSeconds(5);

  /// Records of one read, by the service's rule.
  static final int READ = 1_000;

  /// What the records of one event may come to, with room for what is around them.
  static final int EVENT_BYTES = 6 * 1024 * 1024 - 1_024;

  /// The wait before a batch is tried again; doubled with every try, up to the longest. AWS Lambda
  /// does not say what its own are.
  static final Duration RETRY_FIRST = Duration.ofMillis(100);

  static final Duration RETRY_LONGEST = Duration.ofSeconds(2);

  /// How long batches under way may take when the mapping is closed.
  static final Duration CLOSE = Duration.ofSeconds(5);
}
