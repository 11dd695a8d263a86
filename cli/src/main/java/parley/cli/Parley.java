package parley.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import parley.engine.DataFolderInUse;
import parley.engine.DataFolderUnusable;
import parley.server.Refused;
import parley.store.TableAdmin;
import parley.store.Unreachable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program. Each command says what it does with `--help`.
///
/// Exit codes: 0 done; 1 it could not be done, and a sentence on standard error says why; 2 the
/// command line is wrong.
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
  private Parley() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /// Runs a command and returns its exit code.
  static int run(String... args) {
    CommandLine program = new CommandLine(new Parley());
    Path file = OptionFile.named(args);
    try {
      program.setDefaultValueProvider(OptionFile.read(file, System.getenv()));
    } catch (Refused e) {
      System.err.println("parley: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    program.setExecutionExceptionHandler(
        (e, _, _) -> {
          String sentence = sentence(e);
          if (sentence == null) {
            // Nobody foresaw this: then the trace is what helps.
            throw e;
          }
          System.err.println("parley: " + sentence);
          return CommandLine.ExitCode.SOFTWARE;
        });
    program.setUsageHelpWidth(96);
    return program.execute(args);
  }

  /// What a person should read instead of a stack trace, null for what nobody foresaw.
  private static @Nullable String sentence(Exception e) {
    return e instanceof Refused
            || e instanceof DataFolderInUse
            || e instanceof DataFolderUnusable
            || e instanceof parley.engine.PortTaken
            || e instanceof parley.server.http.PortTaken
            || e instanceof TableAdmin.AnotherShape
            || e instanceof Unreachable
        ? e.getMessage()
        : null;
  }
}
