package parley.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import parley.messaging.account.Handle;
import parley.server.Refused;
import parley.server.export.ExportFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes what is held of somebody to a file.
@Command(
    name = "export",
    description = {
      "Write everything that is held of a person to a ZIP file, as JSON and as pages for a browser.",
      "The file can be read by its owner alone. Give it to nobody but its person."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class UserExportCommand implements Runnable {
  @Parameters(paramLabel = "HANDLE", description = "Whose it is.")
  String handle = "";

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "Where to: a file that is not there yet.")
  Path to = Path.of("");

  @Mixin StorageOptions storage = new StorageOptions();
  @Mixin RetentionOptions retention = new RetentionOptions();

  @Override
  public void run() {
    Handle whose = storage.well(Handle.parse(handle));
    make();
    boolean written = false;
    try (OperatorDesk desk =
        OperatorDesk.open(
            retention.added(storage.settingsThatStay(), storage), InstantSource.system())) {
      desk.export(whose, to);
      written = true;
      System.err.println("What is held of " + whose + " is in " + to + ".");
    } finally {
      if (!written) {
        remove();
      }
    }
  }

  private void make() {
    try {
      ExportFolder.make(to);
    } catch (FileAlreadyExistsException e) {
      throw Refused.input("There is a file " + to + " already. Name another one with --to.");
    } catch (IOException e) {
      throw Refused.input(
          "The file " + to + " cannot be made: is its folder there, and may you write to it?");
    }
  }

  private void remove() {
    try {
      Files.deleteIfExists(to);
    } catch (IOException e) {
      // What went wrong before is told; this file is empty or broken off, and theirs to remove.
    }
  }
}
