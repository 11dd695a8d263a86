package parley.cli;

import java.time.InstantSource;
import picocli.CommandLine.Command;

/// Lets nobody in as an account.
@Command(
    name = "disable",
    description = {
      "Let nobody sign in to an account, and end every session of it: here at once, on other servers"
          + " within 5 seconds. What was written stays, and what others write waits."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class UserDisableCommand extends AccountSwitch {
  @Override
  public void run() {
    setDisabled(true, InstantSource.system());
  }
}
