package parley.prove;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What all proofs have in common: a seed, a report, an exit code.
abstract class Proof implements Callable<Integer> {
  @Spec CommandSpec command = CommandSpec.create();

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Repeat the choices of an earlier run; not its timing (default: by chance).")
  long seed = System.nanoTime() & 0xFFFFFFFL;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the report to FILE as well, for programs.")
  @Nullable Path json;

  /// @throws IllegalArgumentException if the options cannot be
  abstract Report prove() throws Exception;

  @Override
  public Integer call() throws Exception {
    Report report;
    try {
      report = prove();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
    PrintWriter out = command.commandLine().getOut();
    out.print(report.text());
    out.flush();
    if (json != null) {
      report.writeTo(json);
    }
    return report.holds() ? Prove.HOLDS : Prove.DOES_NOT_HOLD;
  }
}
