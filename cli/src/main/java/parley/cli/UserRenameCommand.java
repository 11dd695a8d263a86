package parley.cli;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Gives somebody another handle or name.
@Command(
    name = "rename",
    description = {
      "Give an account another handle, another name, or both, and print the handle that it has then."
          + " The old handle is kept for its owner for 30 days."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class UserRenameCommand implements Runnable {
  @Parameters(paramLabel = "HANDLE", description = "Whose account it is.")
  String handle = "";

  @Option(names = "--handle", paramLabel = "NEW", description = "The handle that they get.")
  @Nullable String next;

  @Option(names = "--name", paramLabel = "NAME", description = "The name that others see then.")
  @Nullable String displayName;

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    Handle whose = storage.well(Handle.parse(handle));
    Handle newHandle = next == null ? null : storage.well(Handle.parse(next));
    DisplayName newName = displayName == null ? null : storage.well(DisplayName.parse(displayName));
    if (newHandle == null && newName == null) {
      throw storage.misused("Say what they get: --handle, --name, or both.");
    }
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      System.out.println(desk.rename(whose, newHandle, newName));
    }
  }
}
