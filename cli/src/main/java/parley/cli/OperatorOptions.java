package parley.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.messaging.Limits;
import parley.messaging.operator.Actor;
import parley.messaging.operator.OperatorName;
import parley.messaging.operator.Scope;
import parley.server.Listen;
import parley.server.ParleyServer;
import parley.server.Storage;
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

  /// Where operators are answered, if anywhere. A table in memory is no other program's, so the
  /// token for looking at it can only come from here; it ends with the table.
  void say(PrintStream out, ParleyServer server, Storage storage) {
    int port = server.operatorPort();
    if (port < 0) {
      return;
    }
    out.println("Operators are answered at port " + port + "; the table is shown at /inspect.");
    if (storage instanceof Storage.InMemory) {
      var issued =
          server
              .services()
              .operators()
              .issue(
                  new OperatorName("serve --memory"),
                  Set.of(Scope.INSPECT),
                  Limits.OPERATOR_TOKEN_LIFE_MAX,
                  Actor.commandLine("serve"));
      // Of too many there is none more; this is the first.
      if (issued != null) {
        out.println("The token for /inspect, as long as this runs: " + issued.token().value());
      }
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
