package parley.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import parley.host.Remains;
import parley.messaging.Limits;
import parley.server.Settings;
import parley.server.WhoLeaves;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What is done for those who leave.
final class LeavingOptions {
  @Option(
      names = "--erasure-grace",
      paramLabel = "DAYS",
      description =
          "Erase an account so many days after its person asked for it; until then they can take that"
              + " back (default: 7).")
  int grace = (int) parley.host.Leaving.GRACE.toDays();

  @Option(
      names = "--erasure-ledger",
      paramLabel = "FILE",
      description =
          "Write down in FILE who was erased, so that no backup revives them (default: erased.ledger in"
              + " the data folder; none for a table outside this machine).")
  @Nullable Path ledger;

  @Option(
      names = "--backup-days",
      paramLabel = "DAYS",
      description =
          "Say in receipts of erasures that backups are kept for so many days; 0 for none at all.")
  @Nullable Integer backupDays;

  @Option(
      names = "--export-folder",
      paramLabel = "FOLDER",
      description =
          "Keep the archives that people ask for in FOLDER until they are fetched, for a day (default:"
              + " exports in the data folder; none for a table outside this machine).")
  @Nullable Path exports;

  Settings added(Settings settings, StorageOptions storage) throws ParameterException {
    long most = Limits.ERASURE_GRACE_MAX.toDays();
    if (grace < 0 || grace > most) {
      throw storage.misused("--erasure-grace is 0 to " + most + " days; not " + grace);
    }
    if (backupDays != null && (backupDays < 0 || backupDays > Remains.BACKUP_DAYS_MAX)) {
      throw storage.misused(
          "--backup-days is 0 to " + Remains.BACKUP_DAYS_MAX + " days; not " + backupDays);
    }
    return settings.with(new WhoLeaves(Duration.ofDays(grace), ledger, backupDays, exports));
  }
}
