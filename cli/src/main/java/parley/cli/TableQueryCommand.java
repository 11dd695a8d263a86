package parley.cli;

import parley.table.Looking;
import parley.table.Looking.Partition;
import parley.table.Looking.Window;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows one partition.
@Command(
    name = "query",
    description = "Show the items of one partition, in the order of their sort keys.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table query ann                                what is kept of somebody",
      "  parley table query 'C#c-…' --descending --limit 9     the head and the newest entries",
      "  parley table query 'U#u-…' --begins 'C#'              somebody's inbox rows",
      "  parley table query 'U#u-…' --index --descending       the same, as the index has them"
    })
final class TableQueryCommand extends TableTask {
  @Parameters(
      paramLabel = "PK",
      description = "The partition key; or a handle, or the id of a person or conversation.")
  String pk = "";

  @Option(
      names = "--begins",
      paramLabel = "TEXT",
      description = "Only sort keys that begin with TEXT.")
  String begins = "";

  @Option(names = "--index", description = "Ask the index, not the table.")
  boolean index;

  @Option(names = "--descending", description = "The last first.")
  boolean descending;

  @Option(names = "--strong", description = "Read what was written last, at twice the price.")
  boolean strong;

  @Mixin WindowOptions window = new WindowOptions();

  @Override
  public Integer call() {
    if (index && strong) {
      throw storage.misused("An index has no --strong reads. Leave one of the two out.");
    }
    Window shown = window.window();
    Partition partition = new Partition(pk, begins, index, descending, strong);
    return on(
        window.showText,
        (table, out) -> {
          new Looking(table, out).query(partition, shown);
          return ExitCode.DONE;
        });
  }
}
