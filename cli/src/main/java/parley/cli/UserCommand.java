package parley.cli;

import picocli.CommandLine.Command;

/// What those who run a deployment do for the people who use it.
@Command(
    name = "user",
    description = "Help the people who use a deployment.",
    subcommands = {
      UserCreateCommand.class,
      UserRenameCommand.class,
      UserDisableCommand.class,
      UserEnableCommand.class,
      ResetPasswordCommand.class,
      UserGoneCommand.class,
      RelinkCommand.class,
      UserExportCommand.class,
      EraseCommand.class,
      ErasuresCommand.class,
      VerifyErasureCommand.class
    },
    mixinStandardHelpOptions = true)
final class UserCommand {
  private UserCommand() {}
}
