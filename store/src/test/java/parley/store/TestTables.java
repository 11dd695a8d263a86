package parley.store;

import java.util.UUID;
import parley.engine.Engine;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Fresh tables for tests, on one engine in memory for the whole JVM.
public final class TestTables {
  private static final Engine ENGINE = Engine.inMemory();

  static {
    // The engine's threads are no daemons.
    Runtime.getRuntime().addShutdownHook(new Thread(ENGINE::close));
  }

  private TestTables() {}

  public static Engine engine() {
    return ENGINE;
  }

  /// A new, empty table.
  public static Table inMemory() {
    return inMemory(ENGINE.client(), Units.IGNORED);
  }

  /// A new, empty table that is asked through `client`.
  public static Table inMemory(DynamoDbClient client, Units units) {
    String name = "parley-" + UUID.randomUUID();
    new TableAdmin(ENGINE.client(), name, Capabilities.ALL)
        .ensure(new TableAdmin.Capacity.OnDemand());
    return new Table(client, name, Capabilities.ALL, units);
  }

  /// The same table, asked through another client.
  public static Table through(DynamoDbClient client, Table table) {
    return new Table(client, table.name(), table.capabilities(), Units.IGNORED);
  }
}
