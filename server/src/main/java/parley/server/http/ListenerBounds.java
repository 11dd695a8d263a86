package parley.server.http;

import java.time.Duration;

/// How much one listener takes at the same time.
record ListenerBounds(int requests, int requestsWaiting, Duration requestWait, int connections) {
  /// For everybody.
  static final ListenerBounds PUBLIC =
      new ListenerBounds(
          HttpBounds.REQUESTS,
          HttpBounds.REQUESTS_WAITING,
          HttpBounds.REQUEST_WAIT,
          HttpBounds.CONNECTIONS);

  /// For those who run the server.
  static final ListenerBounds OPERATOR =
      new ListenerBounds(
          HttpBounds.OPERATOR_REQUESTS,
          HttpBounds.OPERATOR_REQUESTS,
          HttpBounds.REQUEST_WAIT,
          HttpBounds.OPERATOR_CONNECTIONS);
}
