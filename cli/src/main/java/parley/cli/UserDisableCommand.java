package parley.cli;

import java.time.InstantSource;
import parley.messaging.account.Handle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Lets nobody in as an account.
@Command(
    name = "disable",
    description = {
      "Let nobody sign in to an account, and end every session of it: here at once, on other servers"
          + " within 5 seconds. What was written stays, and what others write waits."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class UserDisableCommand implements Runnable {
  @Parameters(paramLabel = "HANDLE", description = "Whose account it is.")
  String handle = "";

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    Handle whose = storage.well(Handle.parse(handle));
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      desk.setDisabled(whose, true);
      System.err.println("The account " + whose + " is disabled.");
    }
  }
}
