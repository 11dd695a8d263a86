package parley.cli;

import picocli.CommandLine.Command;

/// What those who run a deployment may do with it.
@Command(
    name = "operator",
    description = {
      "Tokens for the operator's side of a server, and the trail of what operators did.",
      "These work on the table; where a server holds the data folder, that server does it."
    },
    subcommands = {OperatorCommand.TokenCommand.class, AuditCommand.class},
    mixinStandardHelpOptions = true)
final class OperatorCommand {
  private OperatorCommand() {}

  /// Tokens that let somebody in.
  @Command(
      name = "token",
      description = "Give out, list and take back tokens.",
      subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
      mixinStandardHelpOptions = true)
  static final class TokenCommand {
    private TokenCommand() {}
  }
}
