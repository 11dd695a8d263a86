package parley.cli;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints what teaches a shell the commands and their options.
@Command(
    name = "completion",
    description = "Print what makes a shell complete commands and options of `parley` at a tab.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  source <(./parley completion bash)                   in this shell",
      "  ./parley completion bash > ~/.parley-completion      and in ~/.bashrc: source that file"
    })
final class CompletionCommand implements Runnable {
  @Spec CommandSpec command = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  Shell shell = Shell.BASH;

  /// Those that there is a script for, which is one for both.
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public void run() {
    // The script finds out which of the two it is read by.
    System.out.print(AutoComplete.bash("parley", command.root().commandLine()));
    System.out.flush();
  }
}
