package parley.cli;

import parley.table.PatternRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists the access patterns.
@Command(
    name = "patterns",
    description = {
      "List every way in which the table is asked, the access patterns.",
      "Each with what it is for, its keys, whether it reads the table or the index, how fresh, at what",
      "price in capacity units, and what `parley table pattern` must be given."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  parley table patterns"})
final class TablePatternsCommand implements Runnable {
  @Option(names = "--json", description = "Print JSON, a value a line, instead of sentences.")
  boolean json;

  @Override
  public void run() {
    PatternRun.list(TableTask.out(json, false));
  }
}
