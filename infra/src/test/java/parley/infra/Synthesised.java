package parley.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import parley.infra.Choices.Packaging;
import parley.infra.Choices.SignIn;
import parley.store.TableAdmin.Capacity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Templates, each written once for all tests: it takes seconds.
final class Synthesised {
  /// Everything that can be chosen, chosen otherwise.
  static final Choices FULL =
      new Choices(
          new Capacity.OnDemand(),
          Choices.DEFAULT.most(),
          Packaging.CUSTOM,
          SignIn.COGNITO,
          true,
          30,
          Duration.ZERO,
          14,
          365,
          90,
          Optional.of("chat.example.com"),
          "custom-0123456789abcdef.zip");

  private static final Map<Choices, Synthesis> WRITTEN = new ConcurrentHashMap<>();
  private static final JsonMapper JSON = JsonMapper.shared();

  private Synthesised() {}

  static Synthesis of(Choices choices) {
    return WRITTEN.computeIfAbsent(
        choices,
        each -> {
          try {
            return Synthesis.write(each, Files.createTempDirectory(Path.of("target"), "written-"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  static String text(Choices choices) {
    try {
      return Files.readString(of(choices).template());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Template template(Choices choices) {
    return new Template(JSON.readTree(text(choices)));
  }

  /// A template, read.
  record Template(JsonNode json) {
    /// Resources of a type, by their logical ids.
    Map<String, JsonNode> all(String type) {
      return json.path("Resources").properties().stream()
          .filter(each -> each.getValue().path("Type").asString().equals(type))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// The only resource of a type.
    JsonNode only(String type) {
      Map<String, JsonNode> found = all(type);
      if (found.size() != 1) {
        throw new AssertionError(found.keySet() + " are of the type " + type);
      }
      return found.values().iterator().next();
    }

    /// What the only resource of a type is made of.
    JsonNode properties(String type) {
      return only(type).path("Properties");
    }
  }
}
