package parley.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messaging.Parsed;
import parley.messaging.Secret;
import parley.server.PrivateFile;
import parley.server.Refused;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.TableAdmin.Capacity;
import parley.store.TableDesign;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which table, and where: shared by every command that opens one.
final class StorageOptions {
  /// What DynamoDB takes as a table's name.
  private static final Pattern TABLE_NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

  private static final Set<String> WEB = Set.of("http", "https");

  @Spec(Spec.Target.MIXEE)
  CommandSpec command = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keep the embedded DynamoDB in FOLDER (default: ./data).")
  Path data = Path.of("data");

  @Option(
      names = "--memory",
      description = "Keep the embedded DynamoDB in memory, and forget (serve only).")
  boolean memory;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Use what speaks the DynamoDB API at URL, instead of the embedded one.")
  @Nullable URI endpoint;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Use Amazon DynamoDB in REGION, instead of the embedded one.")
  @Nullable String region;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "The table's name (default: " + TableDesign.TABLE + ").")
  String table = TableDesign.TABLE;

  @Option(
      names = "--capacity",
      paramLabel = "READ/WRITE",
      description =
          "Capacity of a table that is made: units a second such as 5/5, or on-demand (default:"
              + " 5/5).")
  String capacity = "5/5";

  @Option(
      names = "--create-table",
      paramLabel = "on|off",
      description = "off: never make a table, and end where there is none (default: on).")
  String createTable = "on";

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description =
          "Read the deployment's secret (base64, 32 bytes or more) from FILE; else it is PARLEY_SECRET."
              + " A data folder makes and keeps its own.")
  @Nullable Path secretFile;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Read options from FILE (default: ./parley.properties), a line each: name=value. The command"
              + " line comes first, then PARLEY_NAME in the environment, then the file.")
  @Nullable Path config;

  /// @throws ParameterException if the options do not go together
  Settings settings() {
    if (memory && (endpoint != null || region != null)) {
      throw misused(
          "--memory is the embedded DynamoDB, --endpoint and --region are one outside: give one or the"
              + " other.");
    }
    if (!TABLE_NAME.matcher(table).matches()) {
      throw misused("--table is 3 to 255 of a-z, A-Z, 0-9, _, - and .; not " + table);
    }
    return new Settings(storage(), table, mayCreate() ? capacity() : null, secret());
  }

  /// The same, for a command whose work is lost with a table in memory.
  Settings settingsThatStay() {
    if (memory) {
      throw misused(
          "--memory forgets everything when this command ends. Leave it out, or look at"
              + " `parley serve --memory --demo`.");
    }
    return settings();
  }

  private Storage storage() {
    URI url = endpoint;
    if (url != null && (url.getHost() == null || !WEB.contains(String.valueOf(url.getScheme())))) {
      throw misused("--endpoint is a URL such as http://localhost:8000; not " + url);
    }
    if (url != null || region != null) {
      return new Storage.Remote(url, region);
    }
    return memory ? new Storage.InMemory() : new Storage.OnDisk(data);
  }

  private boolean mayCreate() {
    return switch (createTable) {
      case "on" -> true;
      case "off" -> false;
      default -> throw misused("--create-table is on or off; not " + createTable);
    };
  }

  private Capacity capacity() {
    try {
      return Capacity.parse(capacity);
    } catch (IllegalArgumentException e) {
      throw misused(
          "--capacity is READ/WRITE in units a second, such as 5/5, or on-demand; not " + capacity);
    }
  }

  /// What somebody gave, if it is what it has to be.
  ///
  /// @throws ParameterException if it is none
  <T> T well(Parsed<T> given) {
    return well("", given);
  }

  /// The same; `which` says of what the sentence is, where several things are given.
  <T> T well(String which, Parsed<T> given) {
    return switch (given) {
      case Parsed.Good<T>(T good) -> good;
      case Parsed.Bad<T> bad -> throw misused(which + bad.message());
    };
  }

  ParameterException misused(String sentence) {
    return new ParameterException(command.commandLine(), sentence);
  }

  private @Nullable Secret secret() {
    String text = System.getenv("PARLEY_SECRET");
    if (secretFile != null) {
      try {
        text = Files.readString(secretFile);
        PrivateFile.check(secretFile);
      } catch (IOException e) {
        throw new Refused(
            "The secret file "
                + secretFile
                + " cannot be read. Name one that is there, and that this user may read.",
            e);
      }
    }
    if (text == null) {
      return null;
    }
    try {
      return Secret.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(
          "The deployment's secret is no base64 of at least "
              + Secret.MIN_BYTES
              + " bytes (or up to "
              + Secret.MAX_VALUES
              + " of them, the newest first). Make one with `openssl rand -base64 32`.");
    }
  }
}
