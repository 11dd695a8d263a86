package parley.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import parley.server.Refused;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program. Each command says what it does with `--help`.
///
/// How each ends is in [ExitCode].
@Command(
    name = "parley",
    description = "Direct messaging on one DynamoDB table.",
    subcommands = {
      ServeCommand.class,
      SeedCommand.class,
      RebuildCommand.class,
      BackupCommand.class,
      TableCommand.class,
      OperatorCommand.class,
      UserCommand.class,
      CompletionCommand.class,
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
      return Sentences.code(e.why()).number();
    }
  }

  /// The commands, with the options that stand elsewhere than in `args` as their defaults.
  static CommandLine program(Map<String, String> environment, String... args) {
    CommandLine program = new CommandLine(new Parley());
    OptionFile elsewhere = OptionFile.read(OptionFile.named(environment, args), environment);
    elsewhere.check(program);
    program.setDefaultValueProvider(elsewhere);
    program.setUsageHelpWidth(WIDTH);
    program.setCaseInsensitiveEnumValuesAllowed(true);
    program.registerConverter(int.class, Parley::whole);
    program.registerConverter(Integer.class, Parley::whole);
    program.registerConverter(long.class, Parley::whole64);
    program.registerConverter(Long.class, Parley::whole64);
    program.registerConverter(double.class, text -> number(text, Double::valueOf, "a number"));
    TableTask.tidy(program);
    program.setParameterExceptionHandler((e, _) -> misused(e));
    program.setExecutionExceptionHandler((e, _, _) -> {
      Sentences told = Sentences.of(e);
      if (told == null) {
        // Nobody foresaw this: then the trace is what helps.
        e.printStackTrace(System.err);
        return ExitCode.SOFTWARE.number();
      }
      System.err.println("parley: " + told.sentence());
      return told.code().number();
    });
    return program;
  }

  private static Integer whole(String text) {
    return number(text, Integer::valueOf, "a whole number up to " + Integer.MAX_VALUE);
  }

  private static Long whole64(String text) {
    return number(text, Long::valueOf, "a whole number");
  }

  /// What the parser itself says against a number is in the words of those who write programs.
  private static <T> T number(String text, Function<String, T> parsed, String wanted) {
    try {
      return parsed.apply(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not " + wanted);
    }
  }

  /// The sentence and the synopsis: all of a command's help would push the sentence off the screen.
  private static int misused(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    // Whoever names none of them gets to see all.
    boolean none = "Missing required subcommand".equals(e.getMessage());
    err.println("parley: " + (none ? "Say which command: one of those below." : e.getMessage()));
    if (UnmatchedArgumentException.printSuggestions(e, err)) {
      err.flush();
    } else if (!command.getSubcommands().isEmpty()) {
      command.usage(err);
    } else {
      err.print("Usage: " + command.getHelp().synopsis("Usage: ".length()));
      err.println("`" + command.getCommandSpec().qualifiedName() + " --help` says more.");
    }
    err.flush();
    return ExitCode.USAGE.number();
  }
}
