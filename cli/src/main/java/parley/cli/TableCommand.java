package parley.cli;

import picocli.CommandLine.Command;

/// The table tool: one file a command.
@Command(
    name = "table",
    description = {
      "See, ask, fill, audit, price and move the table.",
      "It works on a data folder (by way of the server that holds it, if that was started with",
      "--dynamodb-port), on anything that speaks the DynamoDB API, and on Amazon DynamoDB."
    },
    subcommands = {
      TableCreateCommand.class,
      TableDropCommand.class,
      TableStatusCommand.class,
      TableListCommand.class,
      TableScanCommand.class,
      TableQueryCommand.class,
      TableGetCommand.class,
      TablePatternsCommand.class,
      TablePatternCommand.class,
      TableAuditCommand.class,
      TableSeedCommand.class,
      TableExportCommand.class,
      TableImportCommand.class,
      TableCostCommand.class,
      TableModelCommand.class,
      TableWatchCommand.class,
      TableServeCommand.class,
      TableCompactCommand.class
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 done; 1 not as it should be (status, audit, import); 64 the command line is wrong;",
      "65 an argument or file is not what it should be; 69 the table does not answer; 75 somebody else",
      "is at it; 77 not allowed; 78 no such table, or it is not Parley's.",
      "",
      "To begin with: a table to look at, what is asked of it, one question with its price, and whether",
      "all is well. docs/single-table-design.md explains what they show.",
      "  parley table seed --people 6 --conversations 3 --messages 24",
      "  parley table patterns",
      "  parley table pattern handle-owner p0_1",
      "  parley table audit",
      "",
      "More examples:",
      "  parley table status",
      "  parley table scan --entity entry --limit 20"
    })
final class TableCommand {
  private TableCommand() {}
}
