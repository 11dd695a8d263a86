package parley.cli;

import java.io.Console;
import parley.server.Refused;
import parley.table.OpenTable;
import parley.table.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Deletes the table.
@Command(
    name = "drop",
    description = {
      "Delete the table and everything in it, once its name has been typed.",
      "A table that is protected, not as the design says, in use by a server on this data folder, or holds",
      "items of others is left alone."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  parley table drop --table try --yes"})
final class TableDropCommand extends TableTask {
  @Option(names = "--yes", description = "Do not ask.")
  boolean yes;

  @Override
  public Integer call() {
    return on(
        false,
        (table, out) -> {
          Tables tables = new Tables(table, out);
          Tables.Doomed doomed = tables.mayDrop();
          if (!yes) {
            ask(table, doomed);
          }
          tables.drop();
          return ExitCode.DONE;
        });
  }

  private static void ask(OpenTable table, Tables.Doomed doomed) {
    Console console = Terminal.console();
    if (console == null) {
      throw Refused.option(
          "Nobody is here to type the table's name. Give --yes, if " + table.name() + " may go.");
    }
    String typed =
        console.readLine(
            "%s %s has about %d items, and they go with it. Type its name to delete it: ",
            table.name(), table.place(), doomed.items());
    if (!table.name().equals(typed)) {
      throw Refused.option("That was not the table's name: nothing was deleted.");
    }
  }
}
