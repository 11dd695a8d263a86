package parley.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The benchmarks, one subcommand each.
@Command(
    name = "bench",
    description = "Measure Parley beside the bare engine, in one run.",
    subcommands = {
      StoreBench.class,
      TableBench.class,
      ServeBench.class,
      WebBench.class,
      LambdaBench.class,
      CacheBench.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true)
public final class Bench {
  private Bench() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }
}
