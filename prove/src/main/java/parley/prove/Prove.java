package parley.prove;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Proofs, one subcommand each.
///
/// Exit codes: 0 it holds; 1 it does not, and the report says what; 64 the command line is wrong;
/// 69 it could not be found out, and a sentence says why.
@Command(
    name = "prove",
    description = "Prove what Parley promises, against real servers, while things go wrong.",
    subcommands = {OrderCommand.class, CrashCommand.class, CommandLine.HelpCommand.class},
    footer = {
      "",
      "./parley prove lives --seeds 5-40 runs the store's own proof: people who do everything there"
          + " is, from seeds, while the table fails and some of them are erased."
    },
    mixinStandardHelpOptions = true)
public final class Prove {
  static final int HOLDS = 0;
  static final int DOES_NOT_HOLD = 1;
  static final int USAGE = 64;
  static final int UNAVAILABLE = 69;

  private static final int WIDTH = 96;

  private Prove() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /// Runs a proof and returns its exit code.
  static int run(String... args) {
    CommandLine program = new CommandLine(new Prove());
    program.setUsageHelpWidth(WIDTH);
    program.setParameterExceptionHandler((e, _) -> {
      PrintWriter err = e.getCommandLine().getErr();
      err.println("prove: " + e.getMessage());
      err.flush();
      return USAGE;
    });
    program.setExecutionExceptionHandler((e, command, _) -> {
      if (!(e instanceof GaveUp)) {
        throw e;
      }
      PrintWriter err = command.getErr();
      err.println("prove: it could not be found out. " + e.getMessage());
      err.flush();
      return UNAVAILABLE;
    });
    return program.execute(args);
  }
}
