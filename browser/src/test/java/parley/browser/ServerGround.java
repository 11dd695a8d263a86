package parley.browser;

import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import parley.host.Services;
import parley.server.Browsers;
import parley.server.Deployment;
import parley.server.Limiting;
import parley.server.Listen;
import parley.server.ParleyServer;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.Table;
import parley.store.TableAdmin.Capacity;
import parley.table.Inspection;

/// A server in this process, on a deployment of its own.
record ServerGround(Deployment deployment, ParleyServer server) implements Ground {
  static ServerGround open() {
    Settings settings =
        new Settings(new Storage.InMemory(), "parley", new Capacity.OnDemand(), null);
    Deployment deployment = Deployment.open(settings);
    try {
      Listen listen =
          new Listen("127.0.0.1", 0, OptionalInt.empty(), Browsers.LOCAL, Limiting.OFF)
              .withOperator("127.0.0.1", 0);
      Inspection inspection = Inspection.of(deployment, settings, Instant::now);
      return new ServerGround(
          deployment, ParleyServer.start(deployment, listen, Instant::now, inspection));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public int port() {
    return server.port();
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
