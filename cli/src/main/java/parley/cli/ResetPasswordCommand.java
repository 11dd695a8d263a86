package parley.cli;

import java.io.Console;
import java.time.InstantSource;
import java.util.Arrays;
import parley.messaging.account.Handle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Gives somebody another password.
@Command(
    name = "reset-password",
    description = {
      "Give somebody another password, and end all their sessions.",
      "It is asked for, or made and printed with --generate. Neither is shown again."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ResetPasswordCommand implements Runnable {
  @Parameters(paramLabel = "HANDLE", description = "Whose it is to be.")
  String handle = "";

  @Option(names = "--generate", description = "Make one, and print it.")
  boolean generate;

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    Handle whose = storage.well(Handle.parse(handle));
    String password = generate ? OperatorDesk.randomPassword() : asked();
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      desk.resetPassword(whose, password);
      System.err.println(
          whose + " has another password, and is signed out everywhere within 5 seconds.");
      if (generate) {
        System.out.println(password);
      }
    }
  }

  private String asked() {
    Console console = Terminal.console();
    if (console == null) {
      throw storage.misused(
          "There is no terminal to ask for the password at. Run this at one, or give --generate.");
    }
    char[] once = console.readPassword("New password for %s: ", handle);
    char[] again = console.readPassword("The same again: ");
    if (once == null || again == null || !Arrays.equals(once, again)) {
      throw storage.misused("The two are not the same, so nothing was done. Run this again.");
    }
    return new String(once);
  }
}
