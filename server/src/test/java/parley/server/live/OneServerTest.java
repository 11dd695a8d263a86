package parley.server.live;

import java.time.Duration;

/// The contract on one server.
class OneServerTest extends EventContract {
  @Override
  Host start() throws Exception {
    return LocalHost.one();
  }

  @Override
  Duration promise() {
    return Duration.ofSeconds(1);
  }
}
