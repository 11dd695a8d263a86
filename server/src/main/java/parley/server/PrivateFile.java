package parley.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// A file that not everybody on the machine may read.
public final class PrivateFile {
  private static final Set<PosixFilePermission> EVERYBODY =
      EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private PrivateFile() {}

  /// Looks whether it is one, where the file system knows.
  ///
  /// @throws Refused if everybody may read or write it
  public static void check(Path file) {
    try {
      if (Files.getFileStore(file).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(file).stream().anyMatch(EVERYBODY::contains)) {
        throw new Refused(
            Refused.Why.PERMISSION,
            "The secret file "
                + file
                + " can be read or written by everybody on this machine. Run `chmod o-rwx "
                + file
                + "` (in Kubernetes: defaultMode: 0440), and think about who may have read it.");
      }
    } catch (IOException e) {
      // Whoever reads it is told.
    }
  }
}
