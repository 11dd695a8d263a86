package parley.table;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.engine.DataFolder;
import parley.engine.Engine;
import parley.engine.Gate;
import parley.messaging.Secret;
import parley.server.Deployment;
import parley.server.HeldFolder;
import parley.server.Refused;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.Capabilities;
import parley.store.Connection;
import parley.store.Table;
import parley.store.TableAdmin;
import parley.store.Units;
import parley.store.Unreachable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// A table, wherever it is, opened to be looked at and worked on: it need not be there, nothing is
/// made by opening it, and no secret is asked for.
///
/// Of a data folder that a server holds, it is the server's gate (`--dynamodb-port`) that is asked.
public final class OpenTable implements AutoCloseable {
  private final Connection connection;
  private final Settings settings;
  private final String place;
  private final @Nullable Engine engine;
  private final @Nullable DataFolder folder;

  private OpenTable(
      Connection connection,
      Settings settings,
      String place,
      @Nullable Engine engine,
      @Nullable DataFolder folder) {
    this.connection = connection;
    this.settings = settings;
    this.place = place;
    this.engine = engine;
    this.folder = folder;
  }

  /// Opens it, does something with it, and closes it. What the engine or the service says against
  /// it comes out as what a person can act on.
  ///
  /// @param make whether a data folder that is not there is made
  public static <R> R with(Settings settings, boolean make, Function<OpenTable, R> work) {
    try (OpenTable table = open(settings, make)) {
      return table.asked(work);
    }
  }

  private <R> R asked(Function<OpenTable, R> work) {
    try {
      return work.apply(this);
    } catch (ResourceNotFoundException e) {
      throw missing();
    } catch (SdkException e) {
      throw new Unreachable("The table " + name() + " " + place, e);
    }
  }

  /// The table of a deployment that is open in this process, and stays its owner's to close.
  static OpenTable of(Deployment deployment, Settings settings) {
    return new OpenTable(deployment.connection(), settings, "here", null, null);
  }

  static OpenTable open(Settings settings, boolean make) {
    return switch (settings.storage()) {
      case Storage.OnDisk(Path path) -> onDisk(path, settings, make);
      case Storage.InMemory() -> {
        Engine engine = Engine.inMemory();
        yield new OpenTable(connection(engine), settings, "in memory", engine, null);
      }
      case Storage.Remote(var endpoint, var region) ->
          new OpenTable(
              Connection.to(endpoint, region),
              settings,
              "at " + (endpoint != null ? endpoint : region),
              null,
              null);
    };
  }

  private static OpenTable onDisk(Path path, Settings settings, boolean make) {
    if (!make && !Files.exists(path)) {
      throw Refused.option(
          "There is no data folder "
              + path
              + ". `parley table seed` makes one and fills it, `parley serve` makes one; or name another"
              + " with --data.");
    }
    Optional<URI> gate = HeldFolder.gate(path);
    if (gate.isPresent()) {
      return new OpenTable(
          Connection.toGate(gate.get()),
          settings,
          "in " + path + ", by way of the process that holds it, at " + gate.get(),
          null,
          null);
    }
    DataFolder folder = DataFolder.open(path);
    Engine engine = Engine.onDisk(folder);
    return new OpenTable(connection(engine), settings, "in " + path, engine, folder);
  }

  private static Connection connection(Engine engine) {
    return Connection.of(engine.client(), engine.streams());
  }

  public String name() {
    return settings.table();
  }

  /// Where it is, as the end of a sentence: `in data`, `at http://localhost:8000`.
  public String place() {
    return place;
  }

  /// Whether the engine is one that charges nothing.
  public boolean isEmbedded() {
    return !(settings.storage() instanceof Storage.Remote);
  }

  /// Where the server answers that has the table's folder open, empty for none. Nobody knows of
  /// those that use a table elsewhere.
  Optional<String> server() {
    return folder == null && settings.storage() instanceof Storage.OnDisk(Path path)
        ? HeldFolder.server(path)
        : Optional.empty();
  }

  /// What it is asked through.
  public DynamoDbClient client() {
    return connection.client();
  }

  DynamoDbStreamsClient streams() {
    return connection.streams();
  }

  TableAdmin admin() {
    return new TableAdmin(client(), name(), Capabilities.ALL);
  }

  /// The table under the store's access patterns, asked through `client`.
  Table table(DynamoDbClient client, Units units) {
    return new Table(client, name(), Capabilities.ALL, units);
  }

  Table table() {
    return table(client(), Units.IGNORED);
  }

  /// The table as it is now.
  ///
  /// @throws Refused if there is none
  TableDescription description() {
    TableDescription description = admin().describe();
    if (description == null) {
      throw missing();
    }
    return description;
  }

  private Refused missing() {
    return new Refused(
        "There is no table "
            + name()
            + " "
            + place
            + ". `parley table list` shows those that there are, `parley table create` makes it.");
  }

  /// The deployment's secret: what was given, or the folder's own.
  ///
  /// @throws Refused if there is none
  public Secret secret() {
    if (settings.secret() != null) {
      return settings.secret();
    }
    if (folder != null) {
      return Secret.parse(folder.secret());
    }
    if (settings.storage() instanceof Storage.OnDisk(Path path)) {
      return Secret.parse(DataFolder.secretOf(path));
    }
    throw new Refused(
        "Conversations between two people are named with the deployment's secret. Give it as"
            + " PARLEY_SECRET or with --secret-file; for a table of its own, make one with `openssl"
            + " rand -base64 32`, and keep it.");
  }

  /// Opens the engine in this process to other tools on this machine.
  ///
  /// @throws Refused if the table is outside this process
  public Gate openGate(int port) {
    if (engine == null) {
      throw Refused.option(
          "serve opens the embedded engine to other tools, and this table is outside this process,"
              + " where they can reach it without: "
              + place
              + ".");
    }
    Gate gate = Gate.open(engine, port);
    if (folder != null) {
      folder.announce("dynamodb", gate.url());
    }
    return gate;
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    } else {
      connection.close();
    }
  }
}
