package parley.serverless.gateway;

import java.time.Duration;

/// Every bound of the gateway. Those of frames, messages, silence and life are API Gateway's own.
final class GatewayBounds {
  private GatewayBounds() {}

  /// One frame of a client.
  static final int FRAME_BYTES = 32 * 1024;

  /// One message, of a client or to one, in however many frames.
  static final int MESSAGE_BYTES = 128 * 1024;

  /// How long nothing need be said over a connection.
  static final Duration IDLE = Duration.ofMinutes(10);

  /// How long a connection may last.
  static final Duration LIFE = Duration.ofHours(2);

  /// The largest body of a request that goes on to a function. API Gateway's is 10 MB; nothing in
  /// the contract comes near either.
  static final int BODY_BYTES = 1024 * 1024;

  /// How long a connection that was let in may take to be open.
  static final Duration OPEN = Duration.ofSeconds(5);

  /// How often it is looked for connections whose time is over.
  static final Duration LOOK = Duration.ofSeconds(5);
}
