package parley.server.live;

import java.time.Duration;

/// The contract on one server.
class OneServerTest extends EventContract {
  @Override
  protected Host start() throws Exception {
    return LocalHost.one();
  }

  @Override
  protected Duration promise() {
    return Duration.ofSeconds(1);
  }
}
