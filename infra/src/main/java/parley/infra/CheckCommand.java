package parley.infra;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Writes the template, and says what is wrong with it.
@Command(
    name = "check",
    description = {
      "Write the template, and hold it to cdk-nag's rules for solutions on AWS and to CloudFormation's",
      "own schemas. Print what is wrong with it, a line each; exit with 1 if anything is."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private final ChoiceOptions options = new ChoiceOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--validator",
      hidden = true,
      defaultValue = "${env:PARLEY_INFRA:-infra}/validate",
      description = "Where the validator is installed.")
  Path validator = Path.of("infra/validate");

  @Override
  public Integer call() {
    Synthesis written = Synthesis.write(options.choices(), options.out);
    List<String> wrong = new ArrayList<>(written.broken());
    wrong.addAll(new Validator(validator).wrongWith(written.template()));
    PrintWriter out = spec.commandLine().getOut();
    wrong.forEach(out::println);
    out.println(
        wrong.isEmpty()
            ? "Nothing is wrong with " + written.template()
            : wrong.size() + " things are wrong with " + written.template());
    out.flush();
    return wrong.isEmpty() ? 0 : Infra.FOUND;
  }
}
