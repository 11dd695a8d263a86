package parley.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Holds templates to CloudFormation's schemas, offline, by a program that runs on Node.js.
///
/// @param folder where it is installed
record Validator(Path folder) {
  private static final Duration WITHIN = Duration.ofMinutes(5);

  /// It cannot be asked.
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// What is wrong with any of them: a sentence each.
  List<String> wrongWith(Path... templates) {
    Path said = templates[0].resolveSibling("validated.txt");
    List<String> command =
        new ArrayList<>(List.of("node", folder.resolve("validate.mjs").toString()));
    for (Path template : templates) {
      command.add(template.toAbsolutePath().toString());
    }
    try {
      Process program =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!program.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        program.destroyForcibly();
        throw new Missing(
            "The validator of templates did not end within " + WITHIN.toMinutes() + " minutes.",
            null);
      }
      List<String> lines = Files.readAllLines(said, StandardCharsets.UTF_8);
      return program.exitValue() == 0 ? List.of() : lines;
    } catch (IOException e) {
      throw new Missing(
          "The validator of templates could not be run: install Node.js 20 or newer, and run 'npm ci' in "
              + folder
              + ".",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }
}
