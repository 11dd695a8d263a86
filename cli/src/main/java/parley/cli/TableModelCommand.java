package parley.cli;

import parley.table.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints the table's design.
@Command(
    name = "model",
    description = {
      "Print the table's design, for people and for programs.",
      "A model with facets, the index and sample items to import into NoSQL Workbench (workbench), the",
      "page docs/table-design.md (markdown), or data (json)."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  parley table model --format workbench > parley-model.json"})
final class TableModelCommand implements Runnable {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "workbench, markdown or json (default: markdown).")
  String format = "markdown";

  @Override
  public void run() {
    System.out.print(Model.render(format));
    System.out.flush();
  }
}
