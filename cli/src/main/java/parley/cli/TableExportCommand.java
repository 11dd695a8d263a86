package parley.cli;

import java.nio.file.Path;
import parley.table.Moving;
import parley.table.Rate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Copies the table into a folder.
@Command(
    name = "export",
    description = {
      "Write every item into a folder.",
      "It is laid out as the service's own exports to S3 are: DynamoDB JSON, an item a line, packed. An",
      "export that was broken off goes on when it is run again.",
      "Items that change meanwhile are there as they were before or after: stop the servers for an",
      "export of one moment. What people wrote is in the folder, which only its owner can read."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table export backup-of-monday",
      "  parley table export backup-of-monday --rate 25%% --region eu-west-1"
    })
final class TableExportCommand extends TableTask {
  @Parameters(paramLabel = "FOLDER", description = "Where to: a folder that is not there yet.")
  Path folder = Path.of("");

  @Mixin RateOptions rate = new RateOptions();

  @Override
  public Integer call() {
    Rate wanted = rate.rate();
    return on(
        false,
        (table, out) -> {
          return resumable(() -> {
            new Moving(table, out, wanted).exportTo(folder);
            return ExitCode.DONE;
          });
        });
  }
}
