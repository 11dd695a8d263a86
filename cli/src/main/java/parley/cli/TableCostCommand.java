package parley.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import parley.table.Bill;
import parley.table.Prices;
import parley.table.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prices a workload.
@Command(
    name = "cost",
    description = {
      "Reckon a month's bill for a workload. It needs no table.",
      "From the measured prices of the access patterns: capacity on-demand, provisioned and reserved,",
      "then storage, backups, Lambda and API Gateway, each on its line. A price that is not known is",
      "not guessed."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table cost --people 100000 --messages 40",
      "  parley table cost --people 1000 --prices mine.properties --json"
    })
final class TableCostCommand implements Runnable {
  @Option(names = "--people", paramLabel = "COUNT", description = "People (default: 10000).")
  long people = 10_000;

  @Option(
      names = "--messages",
      paramLabel = "COUNT",
      description = "Messages that each sends in a day (default: 20).")
  double messages = 20;

  @Option(
      names = "--opens",
      paramLabel = "COUNT",
      description = "How often each looks at the inbox in a day (default: 10).")
  double opens = 10;

  @Option(
      names = "--pages",
      paramLabel = "COUNT",
      description = "Pages of history that each reads in a day (default: 20).")
  double pages = 20;

  @Option(
      names = "--bytes",
      paramLabel = "COUNT",
      description = "Bytes of a message's text (default: 100).")
  int bytes = 100;

  @Option(
      names = "--conversations",
      paramLabel = "COUNT",
      description = "Conversations in each inbox, 100 at most (default: 30).")
  int conversations = 30;

  @Option(
      names = "--months",
      paramLabel = "COUNT",
      description = "Months of messages that are kept (default: 12).")
  int months = 12;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description =
          "Reckon with the prices of FILE, lines of name=number such as write.million=0.625, not with"
              + " Amazon's of us-east-1.")
  @Nullable Path prices;

  @Option(names = "--json", description = "Print JSON, a value a line, instead of sentences.")
  boolean json;

  @Override
  public void run() {
    Workload work = new Workload(people, messages, opens, pages, bytes, conversations, months);
    Prices known = prices == null ? Prices.own() : Prices.read(prices);
    new Bill(work, known).print(TableTask.out(json, false));
  }
}
