package parley.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import parley.server.Settings;
import parley.table.ErasedBefore;
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
      "Put every item of an export into a table, and compare.",
      "The table is made if it is not there; the number of items and their checksum are compared. Exit",
      "code 1 means that the table is not what was exported.",
      "One that was broken off is run again. Whoever was erased since the export is shut again, by the",
      "ledger of erased accounts. The deployment's secret has to come along: without it people who",
      "already talk would be given second conversations."
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

  @Option(
      names = "--erasure-ledger",
      paramLabel = "FILE",
      description =
          "Shut whoever is in the export and in this ledger of erased accounts, so that nobody comes"
              + " back (default: erased.ledger in the data folder).")
  @Nullable Path ledger;

  @Mixin RateOptions rate = new RateOptions();

  @Override
  public Integer call() {
    Rate wanted = rate.rate();
    Settings settings = storage.settingsThatStay();
    // Before a data folder is made for nothing.
    Moving.mustBeExport(folder);
    return onNew((table, out) -> {
      ErasedBefore erased = new ErasedBefore(table, settings, ledger, out, InstantSource.system());
      if (beside) {
        erased.doubt();
      }
      Moving moving = new Moving(table, out, wanted);
      boolean same = resumable(() -> moving.importFrom(folder, settings.capacity(), beside));
      if (beside) {
        erased.doubt();
      }
      erased.apply();
      return same ? ExitCode.DONE : ExitCode.DIFFERENT;
    });
  }
}
