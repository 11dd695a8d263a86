package parley.cli;

import java.nio.file.Path;
import parley.store.TableAdmin.Capacity;
import parley.table.Moving;
import parley.table.Rate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts an export into a table.
@Command(
    name = "import",
    description = {
      "Put every item of an export into a table, which is made if it is not there, and compare: the",
      "number of items and their checksum. Exit code 1 means that the table is not what was exported.",
      "One that was broken off is run again. The deployment's secret has to come along: without it",
      "people who already talk would be given second conversations."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  parley table import backup-of-monday --endpoint http://localhost:8000 --table copy"
    })
final class TableImportCommand extends TableTask {
  @Parameters(paramLabel = "FOLDER", description = "What `parley table export` wrote.")
  Path folder = Path.of("");

  @Option(
      names = "--beside",
      description = "Put it over what the table holds; else such a table is refused.")
  boolean beside;

  @Mixin RateOptions rate = new RateOptions();

  @Override
  public Integer call() {
    Rate wanted = rate.rate();
    Capacity capacity = storage.settingsThatStay().capacity();
    return onNew((table, out) ->
        new Moving(table, out, wanted).importFrom(folder, capacity, beside)
            ? ExitCode.DONE
            : ExitCode.DIFFERENT);
  }
}
