package parley.cli;

import parley.table.Rate;
import picocli.CommandLine.Option;

/// How much of the table's capacity a long command may take: shared by `scan`, `seed`, `export` and
/// `import`.
final class RateOptions {
  @Option(
      names = "--rate",
      paramLabel = "UNITS",
      description = {
        "Take UNITS a second at most, or a share of the table's capacity such as 25%% (default: as fast"
            + " as it goes). Of a table on demand without a maximum the share is of 40,000, the"
            + " service's own default."
      })
  String rate = "";

  Rate rate() {
    return Rate.parse(rate);
  }
}
