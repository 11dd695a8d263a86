package parley.cli;

import java.time.InstantSource;
import parley.messaging.account.Handle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Lets the person of a disabled account in again.
@Command(
    name = "enable",
    description = {"Let the person of a disabled account in again. They have to sign in anew."},
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class UserEnableCommand implements Runnable {
  @Parameters(paramLabel = "HANDLE", description = "Whose account it is.")
  String handle = "";

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    Handle whose = storage.well(Handle.parse(handle));
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      desk.setDisabled(whose, false);
      System.err.println("The account " + whose + " is enabled.");
    }
  }
}
