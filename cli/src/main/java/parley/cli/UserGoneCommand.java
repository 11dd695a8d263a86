package parley.cli;

import java.time.InstantSource;
import parley.messaging.account.Identity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says that an identity is gone at its provider.
@Command(
    name = "gone",
    description = {
      "Say that a provider has deleted somebody: nobody signs in by this identity any more, and every"
          + " session of its account is over. Nothing is erased. If the provider is trusted in this,"
          + " whoever it says within 30 days is the same person gets the account; otherwise see"
          + " `parley user relink`, which also takes this back.",
      "The handle of the account is printed."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class UserGoneCommand implements Runnable {
  @Mixin IdentityOptions identityOptions = new IdentityOptions();

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    Identity identity = identityOptions.identity(storage);
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      System.out.println(desk.gone(identity));
    }
  }
}
