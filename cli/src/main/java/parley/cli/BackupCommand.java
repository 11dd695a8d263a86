package parley.cli;

import java.nio.file.Path;
import parley.engine.Backup;
import parley.server.Settings;
import parley.server.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Copies a data folder.
@Command(
    name = "backup",
    description = {
      "Copy the data folder as it is at this moment, while a server uses it or not.",
      "The copy is a data folder: `parley serve --data FOLDER` opens it. It holds the deployment's",
      "secret, so keep it as safe. A table outside of this machine has backups of its own."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class BackupCommand implements Runnable {
  @Parameters(paramLabel = "FOLDER", description = "Where to: a folder that is not there yet.")
  Path to = Path.of("");

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    Settings settings = storage.settingsThatStay();
    if (!(settings.storage() instanceof Storage.OnDisk(Path folder))) {
      throw storage.misused(
          "A backup is of a data folder; a table outside of this machine has backups of its own. Leave"
              + " out --endpoint and --region.");
    }
    Backup.make(folder, to);
    System.out.println("The data folder " + folder + " is copied to " + to + ".");
  }
}
