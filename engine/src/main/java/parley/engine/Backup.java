package parley.engine;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import com.almworks.sqlite4java.SQLiteBackup;
import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/// A copy of a data folder as it was at one moment, made while somebody holds it or not.
///
/// Copying the files of a folder in use is not safe: a copy may have one half of a change. The
/// database's own way of copying is: it goes on where nothing changed, and begins anew where
/// somebody wrote.
public final class Backup {
  /// Pages copied before others are let in: many, so that a copy of a busy folder ends.
  private static final int PAGES = 20_000;

  /// How long a folder may be too busy to be copied.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final int BUSY_MS = 2_000;
  private static final int PAUSE_MS = 50;

  private Backup() {}

  /// Copies the database and the secret of `folder` into the new folder `to`.
  ///
  /// @throws DataFolderUnusable if there is nothing to copy, `to` is there already, or it fails
  public static void make(Path folder, Path to) {
    Path database = folder.resolve(DataFolder.DATABASE);
    String secret = DataFolder.secretOf(folder);
    if (!Files.exists(database)) {
      throw new DataFolderUnusable(
          "There is no database in " + folder + " to copy. Name the data folder with --data.");
    }
    try {
      PrivateFiles.createFolder(to);
      Path copy = to.resolve(DataFolder.DATABASE);
      // Made first, so that it is never readable by everybody.
      try (FileChannel made = PrivateFiles.open(copy, Set.of(CREATE_NEW, WRITE))) {
        made.force(true);
      }
      copy(database, copy);
      try (FileChannel written = FileChannel.open(copy, WRITE)) {
        written.force(true);
      }
      // Last: a folder without a secret is no whole backup, and nothing opens it by mistake.
      PrivateFiles.replace(to.resolve(DeploymentSecret.FILE), secret + "\n");
    } catch (FileAlreadyExistsException e) {
      throw new DataFolderUnusable(
          "There is something at " + to + " already: name a folder that is not there yet.", e);
    } catch (IOException | SQLiteException e) {
      throw new DataFolderUnusable(
          "The data folder "
              + folder
              + " could not be copied to "
              + to
              + " ("
              + e.getMessage()
              + "): remove what is there, and run the same again.",
          e);
    }
  }

  private static void copy(Path from, Path to) throws SQLiteException, IOException {
    Quiet.engine();
    loadLibrary();
    SQLiteConnection source = new SQLiteConnection(from.toFile());
    try {
      source.openReadonly();
      source.setBusyTimeout(BUSY_MS);
      SQLiteBackup backup = source.initializeBackup(to.toFile());
      try {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!backup.isFinished()) {
          if (!backup.backupStep(PAGES)) {
            pause();
          }
          if (System.nanoTime() - end > 0) {
            throw new IOException("it was too busy for " + PATIENCE.toMinutes() + " minutes");
          }
        }
      } finally {
        backup.dispose();
      }
    } finally {
      source.dispose();
    }
  }

  static void loadLibrary() throws IOException {
    try {
      SQLiteLibraryLoader.initialize();
    } catch (Exception e) {
      throw new IOException("the database's own library cannot be loaded", e);
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
