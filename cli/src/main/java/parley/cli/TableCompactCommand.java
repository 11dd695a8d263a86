package parley.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import parley.engine.Compaction;
import parley.server.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Writes a data folder's database anew.
@Command(
    name = "compact",
    description = {
      "Write the database of a data folder anew.",
      "So that what was removed is no longer in its file.",
      "Stop the server first. What the change stream told more than 24 hours ago goes too."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TableCompactCommand implements Runnable {
  /// As long as the service keeps what its stream tells.
  private static final Duration STREAM = Duration.ofHours(24);

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    if (!(storage.settingsThatStay().storage() instanceof Storage.OnDisk(Path folder))) {
      throw storage.misused(
          "A data folder is compacted; a table outside of this machine sees to that itself. Leave out"
              + " --endpoint and --region.");
    }
    InstantSource clock = ShiftedClock.of(InstantSource.system(), System.err);
    Compaction.Done done = Compaction.run(folder, clock.instant().minus(STREAM));
    System.out.println(
        "The database in "
            + folder
            + " is compacted: "
            + done.before()
            + " bytes before, "
            + done.after()
            + " now.");
  }
}
