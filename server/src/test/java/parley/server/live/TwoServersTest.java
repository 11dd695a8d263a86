package parley.server.live;

import java.time.Duration;

/// The contract on two servers of one deployment: what is done at one is heard at the other.
class TwoServersTest extends EventContract {
  @Override
  protected Host start() throws Exception {
    return LocalHost.two();
  }

  @Override
  protected Duration promise() {
    return Duration.ofSeconds(2);
  }
}
