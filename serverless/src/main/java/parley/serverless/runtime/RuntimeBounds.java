package parley.serverless.runtime;

import java.time.Duration;

/// Every bound of running functions here. Those that AWS Lambda has too are its own, unless said
/// otherwise.
final class RuntimeBounds {
  private RuntimeBounds() {}

  /// How large an event or an answer may be.
  static final int PAYLOAD_BYTES = 6 * 1024 * 1024;

  /// How long an instance may take to ask for its first event. AWS Lambda allows 10 s; this machine
  /// may start many at once on few processors.
  static final Duration INIT = Duration.ofSeconds(60);

  /// How long an invocation waits for a free instance. AWS Lambda starts further instances, or
  /// refuses at once.
  static final Duration WAIT = Duration.ofSeconds(20);

  /// How long a killed process may take to be gone.
  static final Duration END = Duration.ofSeconds(10);

  /// A log that has grown to this is begun anew; the one before is kept.
  static final long LOG_BYTES = 8L * 1024 * 1024;

  /// How much of the memory is the heap's, as in the managed runtime. The rest is for code, classes
  /// and threads.
  static final double HEAP_SHARE = 0.85;
}
