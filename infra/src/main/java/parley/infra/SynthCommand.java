package parley.infra;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Writes the template.
@Command(
    name = "synth",
    description =
        "Write the template, and print where it is and what the package is called in the bucket of"
            + " code.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class SynthCommand implements Runnable {
  @Mixin private final ChoiceOptions options = new ChoiceOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    Choices choices = options.choices();
    Synthesis written = Synthesis.write(choices, options.out);
    PrintWriter out = spec.commandLine().getOut();
    out.println("template=" + written.template());
    out.println("code=" + choices.code());
    out.flush();
  }
}
