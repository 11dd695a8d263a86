package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that are generated and kept: compared by `./parley check`, rewritten by `./parley fix`.
public final class Golden {
  private Golden() {}

  /// The root of the project, whichever room's tests are running.
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("ARCHITECTURE.md"))
        && !Files.exists(folder.resolve("messaging/pom.xml"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /// Fails unless the file at `path`, below the root, has this content; with `-Dparley.fix=true`
  /// writes it.
  public static void check(String path, String content) {
    Path file = root().resolve(path);
    try {
      if (Boolean.getBoolean("parley.fix")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
      }
      assertThat(Files.exists(file) ? Files.readString(file) : "(there is no such file)")
          .as(path + " is stale: run ./parley fix, and look at what changed")
          .isEqualTo(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
