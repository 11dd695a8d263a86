package parley.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import parley.host.Services;
import parley.messaging.inbox.Rebuild;
import parley.server.Deployment;
import parley.server.Refused;
import parley.server.Settings;
import parley.server.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Compares every inbox row with the logs.
@Command(
    name = "rebuild",
    description = {
      "Compute every inbox row from the logs, and compare.",
      "It reads the whole table, and costs accordingly. Exit code 1 means that there are differences",
      "(and that they were not repaired). A table in use may show rows that are behind for a moment."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {
  @Mixin StorageOptions storage = new StorageOptions();

  @Option(names = "--repair", description = "Make the rows as the logs say.")
  boolean repair;

  @Override
  public Integer call() {
    Settings settings = storage.settingsThatStay();
    if (settings.storage() instanceof Storage.OnDisk(Path folder) && !Files.exists(folder)) {
      throw new Refused("There is no data folder " + folder + ". Name another one with --data.");
    }
    try (Deployment deployment = Deployment.open(settings)) {
      Services services = deployment.services(InstantSource.system());
      Rebuild.Report report = services.rebuild().run(repair);
      report.differences().forEach(System.out::println);
      System.out.println(
          report.conversations()
              + " conversations, "
              + report.rows()
              + " rows, "
              + report.differences().size()
              + " differences, "
              + report.repaired()
              + " repaired");
      return (report.differences().size() == report.repaired() ? ExitCode.DONE : ExitCode.DIFFERENT)
          .number();
    }
  }
}
