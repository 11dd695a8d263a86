package parley.server;

import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.api.Inspector;
import parley.api.Observer;
import parley.api.OperatorApi;
import parley.api.Providers;
import parley.host.Services;
import parley.server.http.HttpHost;
import parley.server.operator.Metrics;

/// What those who run a server see of it: its metrics, and the listener that answers them.
record OperatorSide(Metrics metrics, @Nullable Inspector inspector, @Nullable HttpHost listener)
    implements AutoCloseable {
  /// Its port, and the host it listens at.
  record Address(String host, int port) {}

  static OperatorSide start(
      Deployment deployment, Feed feed, Providers providers, @Nullable Address address)
      throws UnknownHostException {
    Inspector inspector = feed.inspector();
    Services services = feed.services();
    Metrics metrics =
        new Metrics(
            new Metrics.Watched(
                services.audience(),
                services.tails(),
                services.accounts(),
                services.sessions(),
                feed.pump(),
                services.sweeper(),
                deployment.units(),
                deployment.connection().retries()));
    if (address == null) {
      return new OperatorSide(metrics, inspector, null);
    }
    Observer observer = new AccessLog();
    OperatorApi api =
        new OperatorApi(
            services.operators(),
            metrics::text,
            providers,
            inspector,
            Set.of(address.host()),
            observer);
    try {
      return new OperatorSide(
          metrics, inspector, HttpHost.startForOperators(address.host(), address.port(), api));
    } catch (RuntimeException | UnknownHostException e) {
      metrics.close();
      throw e;
    }
  }

  /// Tells whoever finds the data folder in use where operators are answered.
  void announce(Deployment deployment, @Nullable Address address) {
    if (address != null && listener != null) {
      Path exports = deployment.exportFolder();
      if (exports != null) {
        deployment.announce("exports", exports.toString());
      }
      deployment.announce("operator", Listen.url(address.host(), listener.port()));
    }
  }

  @Override
  public void close() {
    if (inspector != null) {
      // First: whoever waits for a change would keep the listener from ending.
      inspector.close();
    }
    if (listener != null) {
      listener.close();
    }
    metrics.close();
  }
}
