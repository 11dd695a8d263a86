package parley.cli;

import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists tokens.
@Command(
    name = "list",
    description = "List the tokens that let somebody in: id, scopes, until when, name.",
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TokenListCommand implements Runnable {
  @Mixin StorageOptions storage = new StorageOptions();

  @Override
  public void run() {
    try (OperatorDesk desk =
        OperatorDesk.open(storage.settingsThatStay(), InstantSource.system())) {
      List<OperatorDesk.Token> tokens = desk.tokens();
      for (OperatorDesk.Token token : tokens) {
        System.out.println(
            token.id()
                + "  "
                + String.join(",", token.scopes())
                + "  "
                + token.expiresAt()
                + "  "
                + token.name());
      }
      System.err.println(tokens.size() + (tokens.size() == 1 ? " token" : " tokens"));
    }
  }
}
