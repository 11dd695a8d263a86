package parley.server.live;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import parley.server.Browsers;
import parley.server.Deployment;
import parley.server.Limiting;
import parley.server.Listen;
import parley.server.ParleyServer;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.TableAdmin.Capacity;

/// Servers in this process, on one engine in memory.
final class LocalHost implements Host {
  final Deployment deployment;
  final ParleyServer here;
  final ParleyServer there;

  private LocalHost(InstantSource clock, @Nullable InstantSource other) throws IOException {
    deployment =
        Deployment.open(
            new Settings(new Storage.InMemory(), "parley", Capacity.parse("on-demand"), null));
    here = start(clock);
    there = other == null ? here : start(other);
  }

  static LocalHost one() throws IOException {
    return one(Instant::now);
  }

  static LocalHost one(InstantSource clock) throws IOException {
    return new LocalHost(clock, null);
  }

  static LocalHost two() throws IOException {
    return two(Instant::now, Instant::now);
  }

  /// With a clock each.
  static LocalHost two(InstantSource here, InstantSource there) throws IOException {
    return new LocalHost(here, there);
  }

  private ParleyServer start(InstantSource clock) throws IOException {
    return ParleyServer.start(
        deployment,
        new Listen("127.0.0.1", 0, OptionalInt.empty(), Browsers.LOCAL, Limiting.OFF),
        clock);
  }

  @Override
  public URI here() {
    return URI.create("http://127.0.0.1:" + here.port());
  }

  @Override
  public URI there() {
    return URI.create("http://127.0.0.1:" + there.port());
  }

  @Override
  public void close() {
    here.close();
    if (there != here) {
      there.close();
    }
    deployment.close();
  }
}
