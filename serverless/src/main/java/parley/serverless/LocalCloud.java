package parley.serverless;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parley.engine.DataFolder;
import parley.engine.Engine;
import parley.engine.Gate;
import parley.host.Leaving;
import parley.host.Services;
import parley.host.Terms;
import parley.host.Variables;
import parley.messaging.Secret;
import parley.messaging.account.SharedAccounts;
import parley.messaging.account.UserId;
import parley.serverless.gateway.Front;
import parley.serverless.runtime.FunctionPackage;
import parley.serverless.runtime.LocalFunction;
import parley.serverless.runtime.Unpacked;
import parley.serverless.schedule.Schedules;
import parley.serverless.source.DeadLetters;
import parley.serverless.source.StreamMapping;
import parley.serverless.template.ApiSettings;
import parley.serverless.template.MappingSettings;
import parley.serverless.template.ScheduleSettings;
import parley.serverless.template.TableSettings;
import parley.serverless.template.Template;
import parley.store.Capabilities;
import parley.store.Table;
import parley.store.TableAdmin;
import parley.store.TableDesign;
import parley.store.Units;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// All of it, put together: the table in an embedded engine, the functions as processes that reach
/// it through the engine's gate, the stream's mapping, and the gateways in front.
public final class LocalCloud implements AutoCloseable {
  private static final String REGION = "local-1";
  private static final int SECRET_BYTES = 32;

  private final InstantSource clock;
  private final Path state;
  private final String secret;
  private final Deque<Runnable> endings = new ArrayDeque<>();
  private final Engine engine;
  private final Gate gate;
  private final LocalFunctions functions;
  private final StreamMapping mapping;
  private final DeadLetters letters;
  private final Front front;
  private final Schedules schedules;

  private LocalCloud(LocalOptions options, InstantSource clock) throws IOException {
    this.clock = clock;
    try {
      Path data = options.data();
      if (data == null) {
        state = Files.createTempDirectory("parley-serverless");
        endings.push(() -> removed(state));
        engine = Engine.inMemory();
        secret = random();
      } else {
        DataFolder folder = DataFolder.open(data);
        engine = Engine.onDisk(folder);
        state = folder.path().resolve("serverless");
        secret = folder.secret();
      }
      endings.push(engine::close);
      gate = Gate.open(engine, 0);
      endings.push(gate::close);
      Template template = template(options.template());
      TableDescription table = table(template);
      TableSettings.others(template)
          .forEach(other -> other.create(engine.client(), other.table().id()));
      functions = functions(options, clock);
      endings.push(functions::close);
      MappingSettings changes = MappingSettings.of(template);
      ApiSettings sockets = ApiSettings.webSocket(template);
      front =
          Front.start(
              options.port(), ApiSettings.http(template), sockets, functions::invoke, clock);
      endings.push(front::close);
      functions.tell(
          Map.of(
              Variables.SECRET,
              secret,
              Variables.SOCKET_ENDPOINT,
              front.managementUrl(sockets.stage()),
              "AWS_ENDPOINT_URL_DYNAMODB",
              gate.url()));
      functions.tell(options.more());
      letters = new DeadLetters(state.resolve("given-up.jsonl"));
      mapping =
          new StreamMapping(
              engine.streams(),
              table.latestStreamArn(),
              changes,
              functions.of(changes.function()),
              state.resolve("checkpoints.json"),
              letters,
              clock);
      mapping.start();
      endings.push(mapping::close);
      schedules = new Schedules(ScheduleSettings.all(template), functions::invoke, clock);
      schedules.start();
      endings.push(schedules::close);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Starts all of it. Functions start when they are first needed.
  ///
  /// @throws Template.Unusable if the template cannot be run here
  /// @throws IOException if the package or the data folder cannot be used
  public static LocalCloud start(LocalOptions options, InstantSource clock) throws IOException {
    return new LocalCloud(options, clock);
  }

  /// The template, with the table under the name that it has here.
  private static Template template(Path file) {
    String table = TableSettings.of(Template.read(file, REGION, Map.of())).table().id();
    return Template.read(file, REGION, Map.of(table, TableDesign.TABLE));
  }

  private TableDescription table(Template template) {
    TableAdmin admin = new TableAdmin(engine.client(), TableDesign.TABLE, Capabilities.ALL);
    if (admin.describe() == null) {
      TableSettings.of(template).create(engine.client(), TableDesign.TABLE);
    }
    // Checks that it is the table of the design, whoever described it.
    return admin.ensure(null);
  }

  private LocalFunctions functions(LocalOptions options, InstantSource clock) throws IOException {
    Path packages = state.resolve("code");
    Path code = packages.resolve(stamp(options));
    if (!Files.exists(code)) {
      removed(packages);
      Path next = code.resolveSibling("next");
      Unpacked.into(next, options.zip());
      Files.move(next, code);
    }
    FunctionPackage unpacked =
        switch (options.runtime()) {
          case MANAGED -> new FunctionPackage.Managed(code);
          case CUSTOM -> new FunctionPackage.Custom(code);
        };
    return new LocalFunctions(unpacked, REGION, state.resolve("logs"), clock);
  }

  /// What tells one package from another.
  private static String stamp(LocalOptions options) throws IOException {
    return options.runtime().zip()
        + "-"
        + Files.size(options.zip())
        + "-"
        + Files.getLastModifiedTime(options.zip()).toMillis();
  }

  private static String random() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static void removed(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where browsers find it.
  public String url() {
    return "http://localhost:" + front.port();
  }

  public int port() {
    return front.port();
  }

  /// The engine under it, for those who look from outside.
  public Engine engine() {
    return engine;
  }

  /// Where functions find the table.
  public String tableUrl() {
    return gate.url();
  }

  /// The secret of the deployment.
  public String secret() {
    return secret;
  }

  /// The use cases on its table, for those who do something to it from outside: nobody is limited.
  public Services services() {
    return Services.on(
        new Table(engine.client(), TableDesign.TABLE, Capabilities.ALL, Units.IGNORED),
        Secret.parse(secret),
        clock,
        (_, _) -> {},
        Leaving.DEFAULT,
        Terms.NONE,
        SharedAccounts.NONE);
  }

  /// From here on, browsers on this machine may be these people without a password. Functions that
  /// have started do not hear of it.
  public void invite(List<UserId> people) {
    functions.tell(
        Map.of(
            Variables.DEMO, people.stream().map(UserId::value).collect(Collectors.joining(","))));
  }

  /// Where logs, checkpoints and what was given up are kept.
  public Path state() {
    return state;
  }

  public StreamMapping mapping() {
    return mapping;
  }

  /// What the clock calls.
  public Schedules schedules() {
    return schedules;
  }

  /// What the stream's function could not do.
  public List<String> givenUp() {
    return letters.all();
  }

  /// The functions that were needed so far.
  public List<LocalFunction> functions() {
    return functions.all();
  }

  /// Ends the mapping, the connections and requests, the functions, and the engine.
  @Override
  public void close() {
    while (!endings.isEmpty()) {
      endings.pop().run();
    }
  }
}
