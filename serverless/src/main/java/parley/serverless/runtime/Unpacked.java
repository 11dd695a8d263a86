package parley.serverless.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/// A package's files, taken out of its zip with their times and permissions, as AWS Lambda does.
public final class Unpacked {
  private Unpacked() {}

  /// Unpacks into a folder, which is made.
  ///
  /// @throws IOException if the zip is missing or damaged, or the folder cannot be written
  public static void into(Path folder, Path zip) throws IOException {
    if (!Files.isRegularFile(zip)) {
      throw new IOException("there is no package " + zip);
    }
    Files.createDirectories(folder);
    // Times matter: the cache of a Java runtime holds for the very jars that it was made with.
    try (FileSystem packed =
        FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
      Path root = packed.getRootDirectories().iterator().next();
      try (Stream<Path> all = Files.walk(root)) {
        all.forEach(each -> unpack(root, each, folder));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void unpack(Path root, Path packed, Path folder) {
    Path target = folder.resolve(root.relativize(packed).toString()).normalize();
    if (!target.startsWith(folder.normalize())) {
      throw new UncheckedIOException(new IOException(packed + " leads out of the package"));
    }
    try {
      if (Files.isDirectory(packed)) {
        Files.createDirectories(target);
        return;
      }
      Files.createDirectories(target.getParent());
      Files.copy(
          packed,
          target,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES,
          LinkOption.NOFOLLOW_LINKS);
      Files.setLastModifiedTime(target, Files.getLastModifiedTime(packed));
      Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(packed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
