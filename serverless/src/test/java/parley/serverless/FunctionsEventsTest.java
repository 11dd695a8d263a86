package parley.serverless;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import parley.server.live.EventContract;
import parley.server.live.Host;

/// What every host promises of connections, kept by functions behind the gateway.
@Tag("serverless")
class FunctionsEventsTest extends EventContract {
  /// The batching window, a read of the stream, and a function that may have to start.
  private static final Duration PROMISE = Duration.ofSeconds(5);

  private record CloudHost(LocalCloud cloud) implements Host {
    @Override
    public URI here() {
      return URI.create("http://127.0.0.1:" + cloud.port());
    }

    @Override
    public URI there() {
      return here();
    }

    @Override
    public boolean isGateway() {
      return true;
    }

    @Override
    public void close() {
      cloud.close();
    }
  }

  @Override
  protected Host start() throws Exception {
    return new CloudHost(Clouds.start());
  }

  @Override
  protected Duration promise() {
    return PROMISE;
  }
}
