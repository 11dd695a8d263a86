package parley.cli;

import java.time.InstantSource;
import parley.messaging.operator.OperatorId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Takes a token back.
@Command(
    name = "revoke",
    description = "Take a token back. From then on it lets nobody in.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TokenRevokeCommand implements Runnable {
  @Parameters(paramLabel = "ID", description = "Its id, as `parley operator token list` shows it.")
  String id = "";

  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    OperatorId wanted = storage.well(OperatorId.parse(id));
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      desk.revoke(wanted);
      System.out.println("The token " + wanted + " lets nobody in any more.");
    }
  }
}
