package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Text;
import parley.server.Deployment;
import parley.server.Services;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.StreamPump;
import parley.store.TableAdmin.Capacity;
import parley.store.Units;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A deployment of its own for one measurement: engine, table, use cases and pump in this process,
/// without HTTP.
final class Stage implements AutoCloseable {
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
    StreamPump[] nudged = new StreamPump[1];
    services =
        Services.on(
            deployment,
            clock,
            (_, _) -> {
              if (nudged[0] != null) {
                nudged[0].nudge();
              }
            });
    pump =
        new StreamPump(
            deployment.connection().streams(),
            deployment.table(),
            deployment.description(),
            "bench",
            services.projector(),
            new StreamPump.Listener() {
              @Override
              public void appended(ConversationId id, Entry entry) {
                services.tails().heard(id, entry);
              }

              @Override
              public void accountChanged(UserId user) {
                services.accounts().forget(user);
              }
            },
            deployment.polling(),
            clock);
    nudged[0] = pump;
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

  static Text text(String text) {
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
