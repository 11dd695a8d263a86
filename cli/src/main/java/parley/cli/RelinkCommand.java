package parley.cli;

import java.time.InstantSource;
import parley.messaging.account.Handle;
import parley.messaging.account.Identity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Lets an identity lead to an account.
@Command(
    name = "relink",
    description = {
      "Let somebody sign in to their account by another identity of an identity provider, as after"
          + " they were made anew there. Make sure that it is theirs: whoever has that identity is"
          + " that person from here on."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class RelinkCommand implements Runnable {
  @Parameters(paramLabel = "HANDLE", description = "Whose account it is.")
  String handle = "";

  @Mixin IdentityOptions identityOptions = new IdentityOptions();

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    Handle whose = storage.well(Handle.parse(handle));
    Identity identity = identityOptions.identity(storage);
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      desk.relink(whose, identity);
      System.err.println("This identity leads to " + whose + " from here on.");
    }
  }
}
