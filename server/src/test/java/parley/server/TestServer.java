package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import parley.host.Services;
import parley.store.TableAdmin.Capacity;

/// A server on a deployment of its own, at a free port, with a clock that can be put forward.
final class TestServer implements AutoCloseable {
  private final Deployment deployment;
  private final ParleyServer server;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  private TestServer(Deployment deployment) {
    this.deployment = deployment;
    this.server = start(deployment, () -> Instant.now().plus(ahead.get()));
  }

  static TestServer inMemory() {
    return on(new Storage.InMemory());
  }

  static TestServer on(Storage storage) {
    return new TestServer(deployment(storage));
  }

  /// One that keeps no message for longer.
  static TestServer keeping(int days) {
    return new TestServer(Deployment.open(settings(new Storage.InMemory()).keeping(days)));
  }

  static Deployment deployment(Storage storage) {
    return Deployment.open(settings(storage));
  }

  private static Settings settings(Storage storage) {
    return new Settings(storage, "parley", new Capacity.OnDemand(), null);
  }

  static ParleyServer start(Deployment deployment, InstantSource clock) {
    try {
      return ParleyServer.start(
          deployment,
          new Listen("127.0.0.1", 0, OptionalInt.empty(), Browsers.LOCAL, Limiting.OFF),
          clock);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  int port() {
    return server.port();
  }

  Caller nobody() {
    return Caller.nobody(port());
  }

  Services services() {
    return server.services();
  }

  /// Waits until all rows are as what was written before, and what was changed has been changed.
  void catchUp() {
    assertThat(server.pump().awaitCaughtUp(Duration.ofSeconds(60))).as("it caught up").isTrue();
  }

  /// Lets its clock be later by so much more.
  void advance(Duration by) {
    ahead.updateAndGet(now -> now.plus(by));
  }

  @Override
  public void close() {
    server.close();
    deployment.close();
  }
}
