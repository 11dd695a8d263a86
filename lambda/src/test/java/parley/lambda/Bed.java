package parley.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import parley.host.Variables;
import parley.store.TestClock;
import parley.store.TestTables;
import parley.store.World;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A table, what a server would have of it, the management API, and functions as Lambda would make
/// them beside all that.
final class Bed implements AutoCloseable {
  final World world;
  final Management management;
  final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private final TestClock clock = new TestClock();

  Bed() {
    this.world = new World(TestTables.inMemory(), clock);
    try {
      this.management = new Management();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestClock clock() {
    return clock;
  }

  /// What an instance of a function is made of.
  Assembly assembly() {
    return assembly(TestTables.engine().client());
  }

  Assembly assembly(DynamoDbClient client) {
    Environment environment =
        new Environment(
            Map.of(
                Variables.TABLE,
                world.table.name(),
                Variables.SECRET,
                Base64.getEncoder().encodeToString(new byte[32]),
                Variables.SOCKET_ENDPOINT,
                management.endpoint(),
                Variables.PUBLIC_URL,
                "https://chat.example.com",
                "AWS_REGION",
                "eu-central-1",
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test"));
    PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
    return new Assembly(
        environment, world.clock, new Metrics(out, world.clock), () -> client, Rig.PATIENT);
  }

  /// One invocation.
  static String invoke(RequestStreamHandler function, String event) {
    return Rig.invoke(function, event);
  }

  String said() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    management.close();
  }
}
