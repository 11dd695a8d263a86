package parley.cli;

import parley.table.Looking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows one item.
@Command(
    name = "get",
    description = "Show one item.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table get 'U#u-…' PROFILE",
      "  parley table get ann PROFILE"
    })
final class TableGetCommand extends TableTask {
  @Parameters(
      index = "0",
      paramLabel = "PK",
      description = "The partition key; or a handle, or the id of a person or conversation.")
  String pk = "";

  @Parameters(index = "1", paramLabel = "SK", description = "The sort key.")
  String sk = "";

  @Option(
      names = "--show-text",
      description = "Print what people wrote too. It is hidden otherwise.")
  boolean showText;

  @Override
  public Integer call() {
    return on(
        showText,
        (table, out) -> {
          new Looking(table, out).get(pk, sk);
          return ExitCode.DONE;
        });
  }
}
