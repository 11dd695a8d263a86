package parley.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
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

  /// What Kubernetes puts into `PARLEY_PORT` for a service that is called parley: no option of
  /// anybody's, and no reason not to start.
  private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://.*");

  private final Path path;
  private final Properties file;
  private final Map<String, String> environment;

  private OptionFile(Path path, Properties file, Map<String, String> environment) {
    this.path = path;
    this.file = file;
    this.environment = environment;
  }

  /// The file that the command line names with `--config`, else `PARLEY_CONFIG`, else
  /// `parley.properties` here.
  static Path named(Map<String, String> environment, String... args) {
    List<String> words = List.of(args);
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).startsWith(FLAG + "=")) {
        return Path.of(words.get(i).substring(FLAG.length() + 1));
      }
      if (words.get(i).equals(FLAG) && i + 1 < words.size()) {
        return Path.of(words.get(i + 1));
      }
    }
    String named = environment.get(variable("config"));
    return named == null ? DEFAULT : Path.of(named);
  }

  static OptionFile read(Path path, Map<String, String> environment) {
    Properties properties = new Properties();
    if (Files.exists(path)) {
      try (Reader reader = Files.newBufferedReader(path)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new Refused(
            Refused.Why.OPTION,
            "The file " + path + " cannot be read as options, a line each: name=value.",
            e);
      }
    } else if (!path.equals(DEFAULT)) {
      throw Refused.option(
          "There is no file " + path + ", which --config (or PARLEY_CONFIG) names.");
    }
    return new OptionFile(path, properties, environment);
  }

  /// Refuses a file with a name that no command has as an option: mostly it is misspelt.
  void check(CommandLine program) {
    Set<String> names = new TreeSet<>();
    for (CommandLine command : program.getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (canStandElsewhere(option)) {
          names.add(name(option));
        }
      }
    }
    for (String name : file.stringPropertyNames()) {
      if (!names.contains(name)) {
        throw Refused.option(
            "The file "
                + path
                + " has a line for "
                + name
                + ", and there is no such option. Those that there are: "
                + String.join(", ", names)
                + ".");
      }
    }
  }

  @Override
  public @Nullable String defaultValue(ArgSpec spec) {
    if (!(spec instanceof OptionSpec option) || !canStandElsewhere(option)) {
      return null;
    }
    String value = environment.get(variable(name(option)));
    boolean meant = value != null && !SERVICE_LINK.matcher(value).matches();
    return meant ? value : file.getProperty(name(option));
  }

  /// Not --help and --version: a PARLEY_VERSION in the environment means something else.
  private static boolean canStandElsewhere(OptionSpec option) {
    return option.longestName().startsWith("--") && !option.usageHelp() && !option.versionHelp();
  }

  private static String name(OptionSpec option) {
    return option.longestName().substring(2);
  }

  private static String variable(String name) {
    return "PARLEY_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
