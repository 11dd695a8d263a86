package parley.cli;

import parley.table.Tables;
import picocli.CommandLine.Command;

/// Says how the table is.
@Command(
    name = "status",
    description = {
      "Say how the table is, and what is not as the design says.",
      "State, capacity, sizes, index, stream.",
      "Exit code 1 means that it is not Parley's, or cannot be used yet. Amazon DynamoDB counts items",
      "anew every six hours; `parley table audit` counts them now."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  parley table status --region eu-west-1"})
final class TableStatusCommand extends TableTask {
  @Override
  public Integer call() {
    return on(
        false,
        (table, out) -> new Tables(table, out).status() ? ExitCode.DONE : ExitCode.DIFFERENT);
  }
}
