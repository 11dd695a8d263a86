package parley.browser;

import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import parley.host.Services;
import parley.server.Browsers;
import parley.server.Deployment;
import parley.server.Listen;
import parley.server.ParleyServer;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.Table;
import parley.store.TableAdmin.Capacity;
import parley.table.Inspection;

/// A server in this process, on a deployment of its own. `ahead` is how far its clock is ahead.
record ServerGround(Deployment deployment, ParleyServer server, AtomicReference<Duration> ahead)
    implements Ground {
  static ServerGround open(Plan plan) {
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    InstantSource clock = () -> Instant.now().plus(ahead.get());
    Settings settings =
        new Settings(new Storage.InMemory(), "parley", new Capacity.OnDemand(), null)
            .with(plan.leaving());
    Deployment deployment = Deployment.open(settings);
    try {
      Listen listen =
          new Listen("127.0.0.1", 0, OptionalInt.empty(), Browsers.LOCAL, plan.limiting())
              .withOperator("127.0.0.1", 0)
              .withProviders(plan.providers());
      Inspection inspection = Inspection.of(deployment, settings, clock);
      return new ServerGround(
          deployment, ParleyServer.start(deployment, listen, clock, inspection), ahead);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public Instant now() {
    return Instant.now().plus(ahead.get());
  }

  @Override
  public Services services() {
    return server.services();
  }

  @Override
  public Table table() {
    return deployment.table();
  }

  @Override
  public boolean settles(Duration within) {
    return server.pump().awaitCaughtUp(within);
  }

  @Override
  public void close() {
    server.close();
    deployment.close();
  }
}
