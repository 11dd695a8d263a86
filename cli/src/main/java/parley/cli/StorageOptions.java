package parley.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import parley.messaging.Secret;
import parley.server.Refused;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.TableAdmin.Capacity;
import parley.store.TableDesign;
import picocli.CommandLine.Option;

/// Which table, and where: shared by every command that opens one.
final class StorageOptions {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Keep the embedded DynamoDB in FOLDER (default: ./data).")
  Path data = Path.of("data");

  @Option(names = "--memory", description = "Keep the embedded DynamoDB in memory, and forget.")
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
      names = "--secret-file",
      paramLabel = "FILE",
      description =
          "Read the deployment's secret (base64, 32 bytes or more) from FILE. Else PARLEY_SECRET, else"
              + " FOLDER/secret, which is made once.")
  @Nullable Path secretFile;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Read options from FILE (default: ./parley.properties), a line each: name=value. The command"
              + " line comes first, then PARLEY_NAME in the environment, then the file.")
  @Nullable Path config;

  Settings settings() {
    if (memory && (endpoint != null || region != null)) {
      throw new Refused(
          "--memory is the embedded DynamoDB, --endpoint and --region are one outside: give one or the"
              + " other.");
    }
    Storage storage;
    if (endpoint != null || region != null) {
      storage = new Storage.Remote(checked(endpoint), region);
    } else {
      storage = memory ? new Storage.InMemory() : new Storage.OnDisk(data);
    }
    try {
      return new Settings(storage, table, Capacity.parse(capacity), secret());
    } catch (IllegalArgumentException e) {
      throw new Refused(String.valueOf(e.getMessage()), e);
    }
  }

  private static @Nullable URI checked(@Nullable URI endpoint) {
    if (endpoint != null && (endpoint.getHost() == null || endpoint.getScheme() == null)) {
      throw new Refused("--endpoint is a URL such as http://localhost:8000; not " + endpoint);
    }
    return endpoint;
  }

  private @Nullable Secret secret() {
    String text = System.getenv("PARLEY_SECRET");
    if (secretFile != null) {
      try {
        text = Files.readString(secretFile);
      } catch (IOException e) {
        throw new Refused("The secret file " + secretFile + " cannot be read.", e);
      }
    }
    if (text == null) {
      return null;
    }
    String stripped = text.strip().replace('-', '+').replace('_', '/');
    try {
      return new Secret(Base64.getDecoder().decode(stripped));
    } catch (IllegalArgumentException e) {
      throw new Refused(
          "The deployment's secret is no base64 of at least "
              + Secret.MIN_BYTES
              + " bytes. Make one with `openssl rand -base64 32`.");
    }
  }
}
