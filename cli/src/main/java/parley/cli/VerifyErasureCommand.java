package parley.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.erasure.Receipts;
import parley.messaging.erasure.Receipts.Checked;
import parley.server.Refused;
import parley.server.Storage;
import parley.server.export.ExportFolder;
import parley.table.Remains;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Checks a receipt, and looks once more.
@Command(
    name = "verify-erasure",
    description = {
      "Check the signature of an erasure's receipt, and read the whole table, and where archives for",
      "people lie, for what it says is gone.",
      "Exit code 1 if the receipt is not this deployment's, or something was found."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class VerifyErasureCommand extends TableTask {
  @Parameters(paramLabel = "FILE", description = "The receipt, as it was handed out.")
  Path file = Path.of("");

  @Option(
      names = "--archive-table",
      paramLabel = "TABLE",
      description =
          "Look into the table of archives for people, too, which a deployment without a server has.")
  @Nullable String archives;

  @Option(
      names = "--export-folder",
      paramLabel = "FOLDER",
      description =
          "Look into FOLDER, where a server keeps archives for people, too (default: exports in the"
              + " data folder).")
  @Nullable Path exports;

  @Override
  public Integer call() {
    String receipt = read();
    return on(
        false,
        (table, out) -> {
          Checked checked = new Receipts(table.secret(), List.of(), false).check(receipt);
          return switch (checked) {
            case Checked.Forged(String why) -> {
              out.results().println(why);
              yield ExitCode.DIFFERENT;
            }
            case Checked.Genuine(UserId user) -> {
              List<String> found = new ArrayList<>(Remains.of(table, user));
              if (archives != null && Remains.inArchives(table, archives, user)) {
                found.add("an archive for the person, in " + archives);
              }
              Path place = exportFolder();
              if (place != null && new ExportFolder(place, table.secret()).of(user) != null) {
                found.add("an archive for the person, in " + place);
              }
              found.forEach(out.results()::println);
              out.results()
                  .println(
                      found.isEmpty()
                          ? "The receipt is genuine, and nothing of the account is there."
                          : "The receipt is genuine, but "
                              + found.size()
                              + " items name the account. Was a backup restored without the ledger?"
                              + " Start a server with it.");
              yield found.isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
            }
          };
        });
  }

  private @Nullable Path exportFolder() {
    return exports == null
            && storage.settingsThatStay().storage() instanceof Storage.OnDisk(var data)
        ? data.resolve(ExportFolder.NAME)
        : exports;
  }

  private String read() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Refused.input("The receipt " + file + " cannot be read.");
    }
  }
}
