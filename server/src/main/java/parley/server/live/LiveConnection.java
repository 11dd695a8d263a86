package parley.server.live;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/// A WebSocket whose listener hears of its end, however it ends: the library does not say so where
/// the other side just vanishes.
record LiveConnection(ServerConnection connection, Runnable gone) implements ServerConnection {
  @Override
  public void handle(Limit limit) throws InterruptedException {
    try {
      connection.handle(limit);
    } finally {
      gone.run();
    }
  }

  @Override
  public Duration idleTime() {
    return connection.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    connection.close(interrupt);
  }
}
