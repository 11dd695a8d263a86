package parley.infra;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `parley infra`.
///
/// Exit codes: 0 done; 1 the check found something; 64 the command line is wrong; 65 a file that
/// was given is not what it should be; 69 something that is needed is not there.
@Command(
    name = "infra",
    description = "What Parley is on Amazon's cloud, as a CloudFormation template. It asks nobody.",
    subcommands = {SynthCommand.class, CheckCommand.class, CommandLine.HelpCommand.class},
    mixinStandardHelpOptions = true)
public final class Infra {
  static final int FOUND = 1;
  static final int USAGE = 64;
  static final int DATA = 65;
  static final int UNAVAILABLE = 69;

  private static final int WIDTH = 96;

  private Infra() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine program = new CommandLine(new Infra());
    program.setUsageHelpWidth(WIDTH);
    program.setParameterExceptionHandler((e, _) -> said(e.getCommandLine(), USAGE, e));
    program.setExecutionExceptionHandler((e, command, _) ->
        switch (e) {
          case IllegalArgumentException wrong -> said(command, USAGE, wrong);
          case UncheckedIOException file -> said(command, DATA, file);
          case Validator.Missing missing -> said(command, UNAVAILABLE, missing);
          default -> throw e;
        });
    return program.execute(args);
  }

  private static int said(CommandLine command, int code, Exception e) {
    PrintWriter err = command.getErr();
    err.println("infra: " + e.getMessage());
    err.flush();
    return code;
  }
}
