package parley.serverless;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import parley.server.Caller;
import parley.server.live.EventContract;
import parley.server.live.Host;

/// What every host promises of connections, kept by functions behind the gateway.
@Tag("serverless")
class FunctionsEventsTest extends EventContract {
  /// The batching window, a read of the stream, and a function that may have to start.
  private static final Duration PROMISE = Duration.ofSeconds(5);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

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

  /// How long a busy machine may take to start what lets people in.
  private static final Duration WARM = Duration.ofMinutes(3);

  @Override
  protected Host start() throws Exception {
    LocalCloud cloud = Clouds.start();
    try {
      warm(cloud);
      return new CloudHost(cloud);
    } catch (Exception | Error e) {
      cloud.close();
      throw e;
    }
  }

  /// A function that is loading still may be ended for taking too long: whoever comes is refused
  /// then, and comes again.
  private static void warm(LocalCloud cloud) throws Exception {
    long until = System.nanoTime() + WARM.toNanos();
    Caller nobody = Caller.nobody(cloud.port());
    while (nobody.get("/health/ready").status() != 200 && System.nanoTime() < until) {
      Thread.sleep(100);
    }
    Caller early = nobody.newPerson("early");
    while (!isLetIn(cloud, early) && System.nanoTime() < until) {
      Thread.sleep(100);
    }
  }

  private static boolean isLetIn(LocalCloud cloud, Caller person) throws Exception {
    String ticket = person.post("/api/events/ticket", Map.of()).is(201).at("/ticket");
    try {
      CLIENT
          .newWebSocketBuilder()
          .subprotocols("parley.v1", ticket)
          .buildAsync(
              URI.create("ws://127.0.0.1:" + cloud.port() + "/api/events"),
              new WebSocket.Listener() {})
          .get(WARM.toSeconds(), TimeUnit.SECONDS)
          .abort();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  @Override
  protected Duration promise() {
    return PROMISE;
  }
}
