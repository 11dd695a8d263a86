package parley.lambda;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A package as Lambda takes it: with permissions, and with times that are always the same, so that
/// the same files make the same bytes.
final class ZipFile {
  /// The time of everything in a package. Java's cache holds only for jars of the time that they
  /// had when it was made.
  static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  private ZipFile() {}

  /// Everything below the folder, in order.
  static void of(Path zip, Path folder) throws IOException {
    Path part = zip.resolveSibling(zip.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (FileSystem packed =
            FileSystems.newFileSystem(
                part, Map.of("create", "true", "enablePosixFileAttributes", true));
        Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(file -> !file.equals(folder)).sorted().toList();
      for (Path file : all) {
        Path entry = packed.getPath(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(entry);
        } else {
          Files.copy(file, entry);
        }
        boolean runs = Files.isDirectory(file) || Files.isExecutable(file);
        Files.setPosixFilePermissions(
            entry, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        Files.setLastModifiedTime(entry, TIME);
      }
    }
    Files.move(part, zip, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
