package parley.serverless.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// What all instances of a function print, and a line about each invocation, in one file.
final class FunctionLog implements AutoCloseable {
  private final Path file;
  private Writer out;
  private long written;

  FunctionLog(Path folder, String function) {
    this.file = folder.resolve(function + ".log");
    try {
      Files.createDirectories(folder);
      this.out = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the log " + file + " cannot be written", e);
    }
  }

  /// Copies lines until there are no more.
  void copy(InputStream printed) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        line(line);
      }
    } catch (IOException e) {
      // The process is gone, and what it had left to say with it.
    }
  }

  synchronized void line(String line) {
    try {
      if (written > RuntimeBounds.LOG_BYTES) {
        out.close();
        Path before = file.resolveSibling(file.getFileName() + ".before");
        Files.move(file, before, StandardCopyOption.REPLACE_EXISTING);
        out = Files.newBufferedWriter(file);
        written = 0;
      }
      out.write(line);
      out.write('\n');
      out.flush();
      written += line.length() + 1;
    } catch (IOException e) {
      // A full disk stops no function.
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      // Everything was flushed with its line.
    }
  }
}
