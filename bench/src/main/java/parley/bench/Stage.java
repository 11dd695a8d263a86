package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.host.Services;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Text;
import parley.messaging.message.Written;
import parley.server.Deployment;
import parley.server.Feed;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.StreamPump;
import parley.store.TableAdmin.Capacity;
import parley.store.Units;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A deployment of its own for one measurement: engine, table, use cases and pump in this process,
/// without HTTP.
final class Stage implements AutoCloseable {
  private static final Text TEXT = text("A message of ordinary length, as people write them.");

  private final @Nullable Path folder;
  private final Deployment deployment;
  private final StreamPump pump;
  private final SecureRandom random = new SecureRandom();
  final CountedUnits units = new CountedUnits();
  final Services services;
  final InstantSource clock = InstantSource.system();

  /// `counting` says whether units are counted, which takes time of its own.
  Stage(boolean onDisk, boolean counting) throws IOException {
    folder = onDisk ? Files.createTempDirectory("parley-bench") : null;
    Storage storage =
        folder == null ? new Storage.InMemory() : new Storage.OnDisk(folder.resolve("data"));
    deployment =
        Deployment.open(
            new Settings(storage, "parley", new Capacity.OnDemand(), null),
            counting ? units : Units.IGNORED);
    Feed feed = Feed.on(deployment, clock);
    services = feed.services();
    pump = feed.pump();
  }

  void startPump() {
    pump.start();
  }

  void drain() {
    if (!pump.awaitCaughtUp(Duration.ofMinutes(5))) {
      throw new IllegalStateException("the projection did not catch up within five minutes");
    }
  }

  DynamoDbClient client() {
    return deployment.connection().client();
  }

  String table() {
    return deployment.table().name();
  }

  UserId person() {
    return UserId.random(random);
  }

  ClientId clientId() {
    return ClientId.of(clock.instant(), random.nextLong(), random.nextLong());
  }

  void send(UserId from, ConversationId id) {
    Written written = services.messages().send(from, id, clientId(), TEXT);
    if (!(written instanceof Written.Stored)) {
      throw new IllegalStateException("not stored: " + written);
    }
  }

  /// An item as a send puts it.
  Map<String, AttributeValue> messageItem() {
    UserId alice = person();
    ConversationId id = services.conversations().openDirect(alice, person());
    send(alice, id);
    return item("C#" + id, "M#000000000001");
  }

  Map<String, AttributeValue> item(String pk, String sk) {
    return client()
        .getItem(r ->
            r.tableName(table())
                .consistentRead(true)
                .key(Map.of("PK", AttributeValue.fromS(pk), "SK", AttributeValue.fromS(sk))))
        .item();
  }

  /// A put by the bare engine, under the condition of a send.
  void rawPut(Map<String, AttributeValue> item) {
    client()
        .putItem(
            r -> r.tableName(table()).item(item).conditionExpression("attribute_not_exists(PK)"));
  }

  private static Text text(String text) {
    return Text.parse(text).orThrow();
  }

  @Override
  public void close() throws IOException {
    pump.close();
    deployment.close();
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
