package parley.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The function in Python that Parley's is compared with, and the Python that runs it.
final class PythonFunction {
  private static final long ASK_S = 30;

  private PythonFunction() {}

  /// A Python that has boto3, null for none. The program itself: what stands for it on the path may
  /// be a script that looks for it, at every start.
  static @Nullable String interpreter() throws IOException, InterruptedException {
    for (String python : List.of("/usr/bin/python3", "python3")) {
      String found = ask(python);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable String ask(String python) throws IOException, InterruptedException {
    if (python.startsWith("/") && !Files.isExecutable(Path.of(python))) {
      return null;
    }
    Process asked;
    try {
      asked =
          new ProcessBuilder(python, "-c", "import sys, boto3; print(sys.executable)")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return null;
    }
    try (InputStream out = asked.getInputStream()) {
      String found = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      return asked.waitFor(ASK_S, TimeUnit.SECONDS) && asked.exitValue() == 0 ? found : null;
    } finally {
      asked.destroyForcibly();
    }
  }

  /// Lays it out as a package with a runtime of its own.
  static Path into(Path folder, String python) throws IOException {
    Files.createDirectories(folder);
    try (InputStream source = PythonFunction.class.getResourceAsStream("function.py")) {
      if (source == null) {
        throw new IllegalStateException("function.py is not in this program");
      }
      Files.copy(source, folder.resolve("function.py"));
    }
    Path bootstrap = folder.resolve("bootstrap");
    Files.writeString(
        bootstrap, "#!/bin/sh\nexec '" + python + "' \"$LAMBDA_TASK_ROOT/function.py\"\n");
    if (!bootstrap.toFile().setExecutable(true)) {
      throw new IOException(bootstrap + " cannot be made executable");
    }
    return folder;
  }
}
