package parley.cli;

import java.time.InstantSource;
import picocli.CommandLine.Command;

/// Lets the person of a disabled account in again.
@Command(
    name = "enable",
    description = {"Let the person of a disabled account in again. They have to sign in anew."},
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class UserEnableCommand extends AccountSwitch {
  @Override
  public void run() {
    setDisabled(false, InstantSource.system());
  }
}
