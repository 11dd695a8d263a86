package parley.cli;

import java.time.Duration;
import java.time.InstantSource;
import parley.messaging.account.Handle;
import parley.server.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Has somebody erased.
@Command(
    name = "erase",
    description = {
      "Have an account erased, with everything about it. A server carries it out, in a day and more.",
      "What is printed is the code of its receipt: give it to whoever the account belongs to."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class EraseCommand implements Runnable {
  @Parameters(paramLabel = "HANDLE", description = "Whose account it is.")
  String handle = "";

  @Option(names = "--now", description = "Begin at once: it cannot be taken back.")
  boolean now;

  @Mixin StorageOptions storage = new StorageOptions();
  @Mixin LeavingOptions leaving = new LeavingOptions();

  @Override
  public void run() {
    Handle whose = storage.well(Handle.parse(handle));
    Settings settings = leaving.added(storage.settingsThatStay(), storage);
    Duration grace = now ? Duration.ZERO : settings.leaving().grace();
    try (OperatorDesk desk = OperatorDesk.open(settings, InstantSource.system())) {
      OperatorDesk.Erasing erasing = desk.erase(whose, grace);
      System.err.println(
          "The account "
              + whose
              + " will be erased from "
              + erasing.dueAt()
              + " on. The code of"
              + " its receipt, which is not shown again:");
      System.out.println(erasing.code());
    }
  }
}
