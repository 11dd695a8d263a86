package parley.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.engine.Gate;
import parley.host.Variables;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.store.Table;
import parley.store.TestTables;
import parley.store.World;
import software.amazon.awssdk.services.dynamodb.model.Record;

/// Part of the build: runs the functions of a package once, as Lambda would, on a table of the
/// embedded engine, so that Java can keep what they load.
final class Training {
  private static final long END_S = 120;
  private static final String INTRODUCED =
      """
      {"version":"1","triggerSource":"PostConfirmation_ConfirmSignUp","region":"eu-central-1",\
      "userPoolId":"eu-central-1_AbCdEfGhI","userName":"carla",\
      "request":{"userAttributes":{"sub":"7d1f3c9e-0001","name":"Carla"}},"response":{}}\
      """;

  private final EventHost host;
  private final Table table;
  private int made;

  private Training(EventHost host, Table table) {
    this.host = host;
    this.table = table;
  }

  /// Leaves `stream.aot` and `others.aot` in the package's folder.
  ///
  /// Java loads all of a cache before the first line of a program. The function behind the change
  /// stream is called most and uses least, so it has one by itself.
  static void of(Path folder) throws IOException, InterruptedException {
    of(folder, "others.aot", Training::everything);
    of(folder, "stream.aot", Training::stream);
  }

  /// What is handled for one cache.
  private interface Part {
    void run(Training training) throws InterruptedException;
  }

  private static void of(Path folder, String cache, Part part)
      throws IOException, InterruptedException {
    Table table = TestTables.inMemory();
    try (EventHost host = new EventHost();
        Gate gate = Gate.open(TestTables.engine(), 0)) {
      ProcessBuilder builder =
          new ProcessBuilder(
                  "jre/bin/java",
                  "@java.options",
                  "-Xmx512m",
                  "-XX:AOTCacheOutput=" + cache,
                  // What it leaves out it says at length.
                  "-Xlog:aot*=error",
                  CustomRuntime.class.getName())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolveSibling(cache + ".log").toFile());
      builder.environment().clear();
      builder
          .environment()
          .putAll(
              Map.of(
                  "_HANDLER",
                  Rehearsal.class.getName() + "::handleRequest",
                  "AWS_LAMBDA_RUNTIME_API",
                  host.address(),
                  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                  "512",
                  "AWS_REGION",
                  "eu-central-1",
                  "AWS_ACCESS_KEY_ID",
                  "local",
                  "AWS_SECRET_ACCESS_KEY",
                  "local",
                  "AWS_ENDPOINT_URL_DYNAMODB",
                  gate.url(),
                  Variables.TABLE,
                  table.name(),
                  Variables.SECRET,
                  Rig.SECRET,
                  // Nobody is connected, so nobody is told anything there.
                  Variables.SOCKET_ENDPOINT,
                  "http://" + host.address() + "/live"));
      Process function = builder.start();
      try {
        part.run(new Training(host, table));
        host.end();
        if (!function.waitFor(END_S, TimeUnit.SECONDS) || function.exitValue() != 0) {
          throw new IOException(
              "the training for " + cache + " did not end well: its log says why");
        }
      } finally {
        function.destroyForcibly();
      }
    }
    if (!Files.exists(folder.resolve(cache))) {
      throw new IOException("the training left no " + cache + ": its log says why");
    }
  }

  private void everything() throws InterruptedException {
    Fields anna = http("POST", "/api/accounts", null, signUp("anna"));
    http("POST", "/api/accounts", null, signUp("bert"));
    String token = anna.required("token");
    String talk =
        http("POST", "/api/conversations", token, "{\"participants\":[\"bert\"]}").required("id");
    String messages = "/api/conversations/" + talk + "/messages";
    for (int i = 0; i < 8; i++) {
      http("POST", messages, token, message());
    }
    http("GET", messages, token, null);
    http("GET", "/api/conversations", token, null);
    http("PUT", "/api/conversations/" + talk + "/read", token, "{\"seq\":3}");
    http("GET", "/api/me", token, null);
    http("GET", "/api/nowhere", token, null);
    http("POST", "/api/events/ticket", token, null);
    invoke("PostConfirmationFunction", INTRODUCED);
    invoke("ChoresFunction", "{}");
  }

  /// First messages, then further ones, of one conversation and of several.
  private void stream() throws InterruptedException {
    World world = new World(table, InstantSource.system());
    List<ConversationId> talks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      talks.add(world.conversations.openDirect(World.person(1), World.person(2 + i)));
    }
    for (int round = 0; round < 6; round++) {
      talks.forEach(talk -> world.send(World.person(1), talk, "a message"));
    }
    List<Record> records = Shard.records(table.name());
    for (int from = 0; from < records.size(); from += 5) {
      invoke(
          "StreamFunction", Shard.event(records.subList(from, Math.min(records.size(), from + 5))));
    }
  }

  private static String signUp(String handle) {
    return "{\"handle\":\"%s\",\"displayName\":\"%s\",\"password\":\"violets are bluish\"}"
        .formatted(handle, handle);
  }

  private String message() {
    return "{\"clientId\":\"%s\",\"text\":\"a message\"}"
        .formatted(ClientId.of(Instant.now(), made++, made).toString());
  }

  private Fields http(String method, String path, @Nullable String token, @Nullable String body)
      throws InterruptedException {
    Asked asked = new Asked(method, path);
    if (token != null) {
      asked.token(token);
    }
    if (body != null) {
      asked.json(body);
    }
    String answer = invoke("HttpFunction", asked.event());
    String text = FieldsTest.read(answer).required("body");
    return text.startsWith("{") ? FieldsTest.read(text) : Fields.NONE;
  }

  private String invoke(String function, String event) throws InterruptedException {
    return host.invoke("{\"function\":\"" + function + "\",\"event\":" + Asked.quoted(event) + "}");
  }
}
