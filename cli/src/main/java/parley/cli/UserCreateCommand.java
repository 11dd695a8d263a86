package parley.cli;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Identity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes an account for somebody whom an identity provider knows, before they sign in.
@Command(
    name = "create",
    description = {
      "Make the account of somebody whom an identity provider knows, as their first sign-in would,"
          + " and print its handle: the one that is wished for, or the next free one. Where they have"
          + " an account already, its handle is printed."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class UserCreateCommand implements Runnable {
  @Mixin IdentityOptions identityOptions = new IdentityOptions();

  @Option(names = "--handle", paramLabel = "HANDLE", description = "The handle to wish for.")
  @Nullable String handle;

  @Option(names = "--name", paramLabel = "NAME", description = "The name that others see.")
  @Nullable String displayName;

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    Identity identity = identityOptions.identity(storage);
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      System.out.println(desk.create(identity, handle, displayName));
    }
  }
}
