package parley.engine;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// Writes the database of a data folder anew, so that what was removed is no longer in its file:
/// the database frees pages without overwriting them. Nobody else may have the folder open.
public final class Compaction {
  private Compaction() {}

  /// Sizes of the database's file in bytes, before and after.
  public record Done(long before, long after) {}

  /// Also forgets what the change stream told before `forget`: it keeps that much longer than the
  /// service would.
  ///
  /// @throws DataFolderInUse if somebody has it open
  /// @throws DataFolderUnusable if there is no database, or it cannot be written
  public static Done run(Path folder, Instant forget) {
    Path database = folder.resolve(DataFolder.DATABASE);
    if (!Files.exists(database)) {
      throw new DataFolderUnusable(
          "There is no database in " + folder + " to compact. Name the data folder with --data.");
    }
    try (DataFolder _ = DataFolder.open(folder)) {
      long before = Files.size(database);
      Quiet.engine();
      Backup.loadLibrary();
      SQLiteConnection connection = new SQLiteConnection(database.toFile());
      try {
        connection.open(false);
        connection.exec("PRAGMA secure_delete = ON");
        SQLiteStatement old = connection.prepare("DELETE FROM us WHERE CreationDateTime < ?");
        try {
          old.bind(1, forget.toEpochMilli()).stepThrough();
        } finally {
          old.dispose();
        }
        connection.exec("VACUUM");
        connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      } finally {
        connection.dispose();
      }
      return new Done(before, Files.size(database));
    } catch (IOException | SQLiteException e) {
      throw new DataFolderUnusable(
          "The database in "
              + folder
              + " could not be compacted ("
              + e.getMessage()
              + "). It is as it was: make room for a second copy of it, and run the same again.",
          e);
    }
  }
}
