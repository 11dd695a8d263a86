package parley.cli;

import java.nio.file.Path;
import parley.table.Moving;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Copies the table into a folder.
@Command(
    name = "export",
    description = {
      "Write every item into a folder, laid out as the service's own exports to S3 are: DynamoDB JSON,",
      "an item a line, packed. An export that was broken off goes on when it is run again.",
      "Items that change meanwhile are there as they were before or after: stop the servers for an",
      "export of one moment. What people wrote is in the folder, which only its owner can read."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  parley table export backup-of-monday --rate 500"})
final class TableExportCommand extends TableTask {
  @Parameters(paramLabel = "FOLDER", description = "Where to: a folder that is not there yet.")
  Path folder = Path.of("");

  @Option(
      names = "--rate",
      paramLabel = "UNITS",
      description = "Read UNITS a second at most (default: as fast as it goes).")
  double rate;

  @Override
  public Integer call() {
    return on(
        false,
        (table, out) -> {
          new Moving(table, out, rate).exportTo(folder);
          return ExitCode.DONE;
        });
  }
}
