package parley.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Templates, each written once for all tests: it takes seconds.
final class Synthesised {
  private static final Map<Choices, Path> WRITTEN = new ConcurrentHashMap<>();
  private static final JsonMapper JSON = JsonMapper.shared();

  private Synthesised() {}

  static Path file(Choices choices) {
    return WRITTEN.computeIfAbsent(
        choices,
        each -> {
          try {
            Path folder = Files.createTempDirectory(Path.of("target"), "cdk.out-");
            return Synthesis.write(each, folder);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  static String text(Choices choices) {
    try {
      return Files.readString(file(choices));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(Choices choices) {
    return JSON.readTree(text(choices));
  }
}
