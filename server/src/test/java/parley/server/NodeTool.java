package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What tests run on Node.js.
public final class NodeTool {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private NodeTool() {}

  /// Installs what the lock file of a folder says, where that was not done since it last changed.
  /// Where several processes want it at once, one of them does it.
  public static void install(Path folder) throws IOException, InterruptedException {
    Path wanted = folder.resolve("package-lock.json");
    try (FileChannel channel = FileChannel.open(wanted, StandardOpenOption.WRITE);
        FileLock _ = alone(channel)) {
      Path installed = folder.resolve("node_modules").resolve(".package-lock.json");
      if (Files.exists(installed)
          && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted))
              >= 0) {
        return;
      }
      Process npm =
          new ProcessBuilder("npm", "ci", "--silent", "--no-audit", "--no-fund")
              .directory(folder.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      npm.getOutputStream().close();
      try {
        assertThat(npm.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as("npm ci ended").isTrue();
        assertThat(npm.exitValue()).as("npm ci in %s", folder).isZero();
      } finally {
        npm.destroyForcibly();
      }
    }
  }

  private static FileLock alone(FileChannel channel) throws IOException, InterruptedException {
    long until = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      assertThat(System.nanoTime() - until).as("somebody else installs").isNegative();
      Thread.sleep(100);
    }
  }
}
