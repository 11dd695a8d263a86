package parley.cli;

import java.time.InstantSource;
import parley.messaging.account.Handle;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What the commands that disable and enable an account have in common.
abstract class AccountSwitch implements Runnable {
  @Parameters(paramLabel = "HANDLE", description = "Whose account it is.")
  String handle = "";

  @Mixin StorageOptions storage = new StorageOptions();

  void setDisabled(boolean disabled, InstantSource clock) {
    Handle whose = storage.well(Handle.parse(handle));
    try (OperatorDesk desk = OperatorDesk.open(storage.settingsThatStay(), clock)) {
      desk.setDisabled(whose, disabled);
      System.err.println("The account " + whose + " is " + (disabled ? "disabled." : "enabled."));
    }
  }
}
