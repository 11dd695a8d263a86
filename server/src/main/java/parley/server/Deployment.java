package parley.server;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import parley.engine.DataFolder;
import parley.engine.Engine;
import parley.engine.Gate;
import parley.host.Leaving;
import parley.host.Remains;
import parley.host.Services;
import parley.host.Terms;
import parley.messaging.Secret;
import parley.messaging.account.SharedAccounts;
import parley.messaging.erasure.ErasureLedger;
import parley.messaging.export.ExportShelf;
import parley.messaging.message.Appends;
import parley.messaging.message.Approaches;
import parley.server.export.ExportFolder;
import parley.store.Capabilities;
import parley.store.Connection;
import parley.store.DeploymentItem;
import parley.store.SampledUnits;
import parley.store.StreamPump;
import parley.store.Table;
import parley.store.TableAdmin;
import parley.store.Units;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// A table that is there and can be used, wherever it is, and the secret that belongs to it.
public final class Deployment implements AutoCloseable {
  private final Connection connection;
  private final Table table;
  private final Units units;
  private final TableDescription description;
  private final Secret secret;
  private final StreamPump.Settings polling;
  private final @Nullable Engine engine;
  private final @Nullable DataFolder folder;
  private final WhoLeaves leaving;
  private final int retentionDays;

  private Deployment(
      Connection connection,
      Settings settings,
      Secret secret,
      Units units,
      StreamPump.Settings polling,
      @Nullable Engine engine,
      @Nullable DataFolder folder) {
    this.connection = connection;
    this.secret = secret;
    this.units = units;
    this.polling = polling;
    this.engine = engine;
    this.folder = folder;
    this.leaving = settings.leaving();
    this.retentionDays = settings.retentionDays();
    TableAdmin admin = new TableAdmin(connection.client(), settings.table(), Capabilities.ALL);
    this.description = admin.ensure(settings.capacity());
    this.table = new Table(connection.client(), settings.table(), Capabilities.ALL, units);
    if (!DeploymentItem.belongsTo(table, secret)) {
      throw new Refused(
          "The table "
              + settings.table()
              + " belongs to a deployment with another secret; with this one, people who already talk"
              + " would be given second conversations. Give its own as PARLEY_SECRET or with"
              + " --secret-file (of several, the oldest stands last), or use another table with"
              + " --table.");
    }
  }

  /// Opens it, and makes the table if it is not there.
  ///
  /// @throws Refused, or the engine's own exceptions for people, if that cannot be done
  public static Deployment open(Settings settings) {
    boolean embedded = !(settings.storage() instanceof Storage.Remote);
    return open(settings, new SampledUnits(embedded ? SampledUnits.EMBEDDED : 1));
  }

  /// The same, with somebody who counts what requests consume.
  public static Deployment open(Settings settings, Units units) {
    return switch (settings.storage()) {
      case Storage.OnDisk(var path) -> {
        DataFolder folder = DataFolder.open(path);
        yield embedded(Engine.onDisk(folder), folder, settings, units);
      }
      case Storage.InMemory() -> embedded(Engine.inMemory(), null, settings, units);
      case Storage.Remote(var endpoint, var region) -> remote(endpoint, region, settings, units);
    };
  }

  /// The same for a tool that may work beside a server: where one holds the data folder, the table
  /// is reached by way of it.
  ///
  /// @throws Refused if the server lets no tool in
  public static Deployment openBeside(Settings settings, Units units) {
    if (!(settings.storage() instanceof Storage.OnDisk(Path path))) {
      return open(settings, units);
    }
    URI gate = HeldFolder.gate(path).orElse(null);
    if (gate == null) {
      return open(settings, units);
    }
    Secret secret = Secret.parse(DataFolder.secretOf(path));
    Connection connection = Connection.toGate(gate);
    try {
      return new Deployment(
          connection, settings, secret, units, StreamPump.Settings.REMOTE, null, null);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static Deployment embedded(
      Engine engine, @Nullable DataFolder folder, Settings settings, Units units) {
    try {
      Secret secret = secret(settings.secret(), folder);
      return new Deployment(
          Connection.of(engine.client(), engine.streams()),
          settings,
          secret,
          units,
          StreamPump.Settings.EMBEDDED,
          engine,
          folder);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private static Deployment remote(
      @Nullable URI endpoint, @Nullable String region, Settings settings, Units units) {
    Secret secret = settings.secret();
    if (secret == null) {
      throw new Refused(
          "A table outside this process needs the deployment's secret, which must stay the same for"
              + " as long as the table lives. Make one with `openssl rand -base64 32`, keep it, and"
              + " give it as PARLEY_SECRET or with --secret-file.");
    }
    Connection connection = Connection.to(endpoint, region);
    try {
      return new Deployment(
          connection, settings, secret, units, StreamPump.Settings.REMOTE, null, null);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// A folder's own secret, whatever was given: under another one, two people who already talk
  /// would be given a second conversation.
  private static Secret secret(@Nullable Secret given, @Nullable DataFolder folder) {
    if (folder == null) {
      return given != null ? given : new Secret(randomBytes());
    }
    Secret own = own(folder);
    if (given != null && !given.keys("same").equals(own.keys("same"))) {
      throw new Refused(
          "The data folder "
              + folder.path()
              + " has a secret of its own, in "
              + folder.secretFile()
              + ", and a different one was given: leave out PARLEY_SECRET and --secret-file.");
    }
    return own;
  }

  private static Secret own(DataFolder folder) {
    String text = folder.secret();
    PrivateFile.check(folder.secretFile());
    try {
      return Secret.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(
          "The secret file " + folder.secretFile() + " cannot be used: " + e.getMessage() + ".");
    }
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[Secret.MIN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  public Table table() {
    return table;
  }

  public Secret secret() {
    return secret;
  }

  /// The use cases on it, by the time of this clock, for tools: nobody is limited.
  public Services services(InstantSource clock) {
    return services(clock, (_, _) -> {}, () -> true, Approaches.UNLIMITED);
  }

  /// The same; `appends` hears at once of what is appended here, and `drained` says whether the
  /// change stream was read to its end.
  Services services(
      InstantSource clock, Appends appends, BooleanSupplier drained, int strangersADay) {
    ErasedFile erased = erased();
    return Services.on(
        table,
        secret,
        clock,
        appends,
        new Leaving(
            leaving.grace(),
            erased == null ? ErasureLedger.NONE : erased,
            Remains.of(leaving.backupDays(), engine != null, erased != null),
            drained,
            exports()),
        new Terms(strangersADay, retentionDays),
        SharedAccounts.NONE);
  }

  private ExportShelf exports() {
    Path place = exportFolder();
    return place == null ? ExportShelf.NONE : new ExportFolder(place, secret);
  }

  /// Where archives for people lie, null for nowhere.
  @Nullable Path exportFolder() {
    Path place = leaving.exports();
    if (place == null && folder != null) {
      place = folder.path().resolve(ExportFolder.NAME);
    }
    return place == null ? null : place.toAbsolutePath();
  }

  /// Who was erased from it; null where nothing is kept that could bring them back, or nobody said
  /// where to write it down.
  @Nullable ErasedFile erased() {
    Path file = leaving.ledger();
    if (file == null && folder != null) {
      file = folder.path().resolve(ErasedFile.NAME);
    }
    return file == null ? null : new ErasedFile(file, secret);
  }

  /// Who counts what requests consume.
  public Units units() {
    return units;
  }

  /// The clients of its engine, for tools that ask the table in their own way.
  public Connection connection() {
    return connection;
  }

  public TableDescription description() {
    return description;
  }

  /// How often its stream is polled.
  public StreamPump.Settings polling() {
    return polling;
  }

  /// Opens the engine in this process to other tools; null where no port is given.
  ///
  /// @throws Refused if the table is outside this process
  @Nullable Gate openGate(OptionalInt port) {
    if (port.isEmpty()) {
      return null;
    }
    if (engine == null) {
      throw Refused.option(
          "--dynamodb-port opens the embedded engine to other tools, and this deployment uses a table"
              + " outside this process. Leave it out, and point the tools at that table.");
    }
    Gate gate = Gate.open(engine, port.getAsInt());
    announce("dynamodb", gate.url());
    return gate;
  }

  /// Tells whoever finds the data folder in use something about this process.
  void announce(String key, String value) {
    if (folder != null) {
      folder.announce(key, value);
    }
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
