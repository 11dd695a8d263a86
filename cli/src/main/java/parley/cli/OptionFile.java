package parley.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import parley.server.Refused;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Options from elsewhere than the command line, which always wins: `--dynamodb-port` is also
/// `PARLEY_DYNAMODB_PORT` in the environment, and then `dynamodb-port` in a file.
final class OptionFile implements CommandLine.IDefaultValueProvider {
  private static final Path DEFAULT = Path.of("parley.properties");
  private static final String FLAG = "--config";

  private final Properties file;
  private final Map<String, String> environment;

  private OptionFile(Properties file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /// The file that the command line names with `--config`, else `parley.properties` here.
  static Path named(String... args) {
    List<String> words = List.of(args);
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).startsWith(FLAG + "=")) {
        return Path.of(words.get(i).substring(FLAG.length() + 1));
      }
      if (words.get(i).equals(FLAG) && i + 1 < words.size()) {
        return Path.of(words.get(i + 1));
      }
    }
    return DEFAULT;
  }

  static OptionFile read(Path path, Map<String, String> environment) {
    Properties properties = new Properties();
    if (Files.exists(path)) {
      try (Reader reader = Files.newBufferedReader(path)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new Refused(
            "The file " + path + " cannot be read as options, a line each: name=value.", e);
      }
    } else if (!path.equals(DEFAULT)) {
      throw new Refused("There is no file " + path + ", which --config names.");
    }
    return new OptionFile(properties, environment);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec spec) {
    if (!(spec instanceof OptionSpec option) || !option.longestName().startsWith("--")) {
      return null;
    }
    String name = option.longestName().substring(2);
    String variable = "PARLEY_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    String value = environment.get(variable);
    return value != null ? value : file.getProperty(name);
  }
}
