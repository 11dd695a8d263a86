package parley.cli;

import parley.table.Looking;
import parley.table.Looking.Window;
import parley.table.Rate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows the table's items.
@Command(
    name = "scan",
    description = {
      "Show the table's items, each as the entity that it is.",
      "What people wrote is hidden. It reads whole pages of 1 MB, and costs accordingly; the last line says how much."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table scan --entity account,handle",
      "  parley table scan --all --json > items.jsonl"
    })
final class TableScanCommand extends TableTask {
  @Mixin WindowOptions window = new WindowOptions();

  @Mixin RateOptions rate = new RateOptions();

  @Override
  public Integer call() {
    Rate wanted = rate.rate();
    Window shown = window.window();
    return on(
        window.showText,
        (table, out) -> {
          new Looking(table, out).scan(shown, wanted);
          return ExitCode.DONE;
        });
  }
}
