package parley.cli;

import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import parley.server.Listen;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The operator's side of a server, and how it stops.
final class OperatorOptions {
  /// The longest that it may say that it is not ready before it stops.
  private static final int STOP_DELAY_MAX = 60;

  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--operator-host",
      paramLabel = "ADDRESS",
      description =
          "Answer operators at this address (default: 127.0.0.1, this machine only). It speaks plain"
              + " HTTP, and asks for a token.")
  String host = "127.0.0.1";

  @Option(
      names = "--operator-port",
      paramLabel = "PORT|off",
      description =
          "Answer operators at this port; 0 for any (default: the one above --port, and any if that is"
              + " any).")
  @Nullable String port;

  @Option(
      names = "--stop-delay",
      paramLabel = "SECONDS",
      description =
          "When told to stop, say for so long that it is not ready, and still take requests: so that a"
              + " balancer can turn to others first (default: 0).")
  int stopDelay;

  @Mixin WebhookOptions webhooks = new WebhookOptions();

  /// Where operators are answered, if anywhere.
  void say(PrintStream out, int port) {
    if (port >= 0) {
      out.println("Operators are answered at port " + port + "; the table is shown at /inspect.");
    }
  }

  Listen added(Listen listen, StorageOptions storage) throws ParameterException {
    if (stopDelay < 0 || stopDelay > STOP_DELAY_MAX) {
      throw storage.misused(
          "--stop-delay is 0 to " + STOP_DELAY_MAX + " seconds; not " + stopDelay);
    }
    Listen delayed =
        listen.withStopDelay(Duration.ofSeconds(stopDelay)).withWebhooks(webhooks.endpoints());
    if (port == null) {
      boolean isAny = listen.port() == 0 || listen.port() == PORT_MAX;
      return delayed.withOperator(host, isAny ? 0 : listen.port() + 1);
    }
    if (port.equals("off")) {
      return delayed;
    }
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > PORT_MAX) {
      throw storage.misused("--operator-port is a port, 0 to 65535, or off; not " + port);
    }
    return delayed.withOperator(host, Integer.parseInt(port));
  }
}
