package parley.cli;

import parley.table.Tables;
import picocli.CommandLine.Command;

/// Lists the tables that there are.
@Command(
    name = "list",
    description = "List the tables that there are, and say which of them are Parley's.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  parley table list --endpoint http://localhost:8000"})
final class TableListCommand extends TableTask {
  @Override
  public Integer call() {
    return on(
        false,
        (table, out) -> {
          new Tables(table, out).list();
          return ExitCode.DONE;
        });
  }
}
