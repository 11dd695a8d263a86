package parley.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.table.PatternRun;
import parley.table.Prices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs one access pattern.
@Command(
    name = "pattern",
    description = {
      "Run one access pattern, and show what it costs and why.",
      "It runs as the store runs it: the very request, the items evaluated and returned, and the units",
      "measured beside those that its items' size and the design predict.",
      "A pattern that writes is tried on a copy of the item that it concerns, and changes nothing."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table pattern handle-owner ann",
      "  parley table pattern log-end c-…",
      "  parley table pattern mark-read ann c-…        people by handle or by id"
    })
final class TablePatternCommand extends TableTask {
  @Parameters(index = "0", paramLabel = "NAME", description = "Its name or number.")
  String name = "";

  @Parameters(
      index = "1..*",
      paramLabel = "ARGUMENT",
      arity = "0..*",
      description = "What it has to be given, as `parley table patterns` says.")
  List<String> values = List.of();

  @Option(
      names = "--show-text",
      description = "Print what people wrote too. It is hidden otherwise.")
  boolean showText;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Reckon with the prices of FILE, not with Amazon's of us-east-1.")
  @Nullable Path prices;

  @Override
  public Integer call() {
    Prices known = prices == null ? Prices.own() : Prices.read(prices);
    return on(
        showText,
        (table, out) -> {
          new PatternRun(table, out, known).run(name, values, InstantSource.system().instant());
          return ExitCode.DONE;
        });
  }
}
