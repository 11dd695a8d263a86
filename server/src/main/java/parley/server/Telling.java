package parley.server;

import java.util.List;
import java.util.UUID;
import parley.host.Services;
import parley.server.operator.Metrics;
import parley.server.webhook.WebhookSettings;
import parley.server.webhook.Webhooks;
import parley.store.StreamFollower;

/// Tells other programs what happens here.
final class Telling {
  private Telling() {}

  /// From the start of this server on; `metrics` count it.
  static Webhooks start(
      Deployment deployment, Services services, List<WebhookSettings> endpoints, Metrics metrics) {
    String owner = UUID.randomUUID().toString();
    Webhooks webhooks =
        Webhooks.start(
            endpoints,
            services.log(),
            services.clock(),
            (name, reader) ->
                new StreamFollower(
                    deployment.connection().streams(),
                    deployment.table(),
                    deployment.description(),
                    name,
                    owner,
                    reader,
                    StreamFollower.Pace.of(deployment.polling()),
                    services.clock()));
    metrics.watch(webhooks);
    return webhooks;
  }
}
