package parley.server.http;

import java.time.Duration;

/// Every bound of the HTTP side of the process host.
final class HttpBounds {
  private HttpBounds() {}

  /// The largest body that is read to its end, so that whoever sent it can read why it was refused.
  /// What is more than the contract's own bound is thrown away; a larger one costs its connection.
  static final long DRAINED_BYTES = 1024 * 1024;

  static final int REQUEST_LINE_BYTES = 4 * 1024;
  static final int HEADER_BYTES = 16 * 1024;

  /// Requests that are worked on at the same time, and that wait for it.
  static final int REQUESTS = 1_000;

  static final int REQUESTS_WAITING = 1_000;
  static final Duration REQUEST_WAIT = Duration.ofSeconds(2);

  static final int CONNECTIONS = 10_000;

  /// The same for the operator's listener: one person, and what collects metrics.
  static final int OPERATOR_REQUESTS = 16;

  static final int OPERATOR_CONNECTIONS = 64;

  /// How long nothing need come in before a connection is closed, and how long ago its last request
  /// line may be while it waits for another. Longer than any request takes, and than a live
  /// connection may be silent.
  static final Duration CONNECTION_IDLE = Duration.ofSeconds(100);

  /// How often it is looked for such connections.
  static final Duration CONNECTION_IDLE_LOOK = Duration.ofSeconds(10);

  /// How long a body may take, however it trickles in: it holds one of the [#REQUESTS].
  static final Duration BODY_TIME = Duration.ofSeconds(20);

  /// How long requests that are being worked on may take when the server closes.
  static final Duration CLOSE_TIME = Duration.ofSeconds(5);
}
