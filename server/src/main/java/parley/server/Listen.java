package parley.server;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import parley.host.oidc.ProviderSettings;
import parley.server.webhook.WebhookSettings;

/// Where a server listens, and to whom. `gatePort` opens the embedded engine to outside tools on
/// this machine; `operator` is where those who run it are answered, null for nowhere; `stopDelay`
/// is how long it says that it is not ready before it stops taking requests; `providers` are whom
/// people can sign in with besides passwords; `webhooks` are who is told what happens.
public record Listen(
    String host,
    int port,
    OptionalInt gatePort,
    Browsers browsers,
    Limiting limiting,
    OperatorSide.@Nullable Address operator,
    Duration stopDelay,
    List<ProviderSettings> providers,
    List<WebhookSettings> webhooks) {
  public Listen {
    providers = List.copyOf(providers);
    webhooks = List.copyOf(webhooks);
  }

  /// Without an operator's side.
  public Listen(String host, int port, OptionalInt gatePort, Browsers browsers, Limiting limiting) {
    this(host, port, gatePort, browsers, limiting, null, Duration.ZERO, List.of(), List.of());
  }

  /// For browsers on this machine, with rate limits.
  public Listen(String host, int port, OptionalInt gatePort) {
    this(host, port, gatePort, Browsers.LOCAL, Limiting.ON);
  }

  /// The same, and an operator's side at a port; 0 for any.
  public Listen withOperator(String host, int port) {
    return new Listen(
        this.host,
        this.port,
        gatePort,
        browsers,
        limiting,
        new OperatorSide.Address(host, port),
        stopDelay,
        providers,
        webhooks);
  }

  /// The same, with identity providers to sign in with.
  public Listen withProviders(List<ProviderSettings> all) {
    return new Listen(host, port, gatePort, browsers, limiting, operator, stopDelay, all, webhooks);
  }

  /// The same, saying for so long that it is not ready before it stops.
  public Listen withStopDelay(Duration delay) {
    return new Listen(
        host, port, gatePort, browsers, limiting, operator, delay, providers, webhooks);
  }

  /// The same, with who is told what happens.
  public Listen withWebhooks(List<WebhookSettings> all) {
    return new Listen(
        host, port, gatePort, browsers, limiting, operator, stopDelay, providers, all);
  }

  /// Where people find a server that listens on `port` of `host`.
  static String url(String host, int port) {
    String name = host.equals("127.0.0.1") || host.equals("::1") ? "localhost" : host;
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
  }
}
