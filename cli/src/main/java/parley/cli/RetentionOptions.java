package parley.cli;

import parley.messaging.Limits;
import parley.messaging.message.Vanishing;
import parley.server.Settings;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// For how long a deployment keeps messages.
final class RetentionOptions {
  @Option(
      names = "--retention-days",
      paramLabel = "DAYS",
      description =
          "Keep no message for longer than DAYS, in any conversation (default: 0, for as long as its"
              + " people keep it). Give all servers of a table the same.")
  int days = Vanishing.FOREVER;

  Settings added(Settings settings, StorageOptions storage) throws ParameterException {
    int most = Limits.RETENTION_DEPLOYMENT_DAYS_MAX;
    if (days < 0 || days > most) {
      throw storage.misused(
          "--retention-days is 1 to " + most + " days, or 0 for ever; not " + days);
    }
    return settings.keeping(days);
  }
}
