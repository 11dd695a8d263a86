package parley.cli;

import java.io.PrintWriter;
import java.util.Map;
import parley.server.Refused;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program. Each command says what it does with `--help`.
///
/// Exit codes: 0 done; 1 it could not be done, and a sentence on standard error says why; 2 the
/// command line, or what stands in for it, is wrong.
@Command(
    name = "parley",
    description = "Direct messaging on one DynamoDB table.",
    subcommands = {
      ServeCommand.class,
      SeedCommand.class,
      RebuildCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    version = "parley 0.1.0")
public final class Parley {
  private static final int WIDTH = 96;

  private Parley() {}

  public static void main(String[] args) {
    Logs.begin();
    Stop.exit(run(System.getenv(), args));
  }

  /// Runs a command and returns its exit code.
  static int run(Map<String, String> environment, String... args) {
    try {
      return program(environment, args).execute(args);
    } catch (Refused e) {
      System.err.println("parley: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  /// The commands, with the options that stand elsewhere than in `args` as their defaults.
  static CommandLine program(Map<String, String> environment, String... args) {
    CommandLine program = new CommandLine(new Parley());
    OptionFile elsewhere = OptionFile.read(OptionFile.named(environment, args), environment);
    elsewhere.check(program);
    program.setDefaultValueProvider(elsewhere);
    program.setUsageHelpWidth(WIDTH);
    program.setParameterExceptionHandler((e, _) -> misused(e));
    program.setExecutionExceptionHandler((e, _, _) -> {
      String sentence = Sentences.of(e);
      if (sentence == null) {
        // Nobody foresaw this: then the trace is what helps.
        throw e;
      }
      System.err.println("parley: " + sentence);
      return CommandLine.ExitCode.SOFTWARE;
    });
    return program;
  }

  /// The sentence and the synopsis: all of a command's help would push the sentence off the screen.
  private static int misused(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("parley: " + e.getMessage());
    if (UnmatchedArgumentException.printSuggestions(e, err)) {
      err.flush();
    } else if (!command.getSubcommands().isEmpty()) {
      command.usage(err);
    } else {
      err.print("Usage: " + command.getHelp().synopsis("Usage: ".length()));
      err.println("`" + command.getCommandSpec().qualifiedName() + " --help` says more.");
    }
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }
}
