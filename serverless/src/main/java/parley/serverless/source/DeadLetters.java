package parley.serverless.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The queue of what was given up: a file, a letter a line. Nobody takes any out but a person.
public final class DeadLetters {
  private final Path file;

  public DeadLetters(Path file) {
    this.file = file;
  }

  public Path file() {
    return file;
  }

  synchronized void put(Letter letter) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file, letter.json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("the queue " + file + " cannot be written", e);
    }
  }

  /// Every letter, the oldest first.
  public synchronized List<String> all() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("the queue " + file + " cannot be read", e);
    }
  }
}
