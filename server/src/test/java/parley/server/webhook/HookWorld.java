package parley.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import parley.host.Services;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Text;
import parley.messaging.message.Written;
import parley.server.Deployment;
import parley.server.Feed;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.Capabilities;
import parley.store.StreamFollower;
import parley.store.Table;
import parley.store.TableAdmin.Capacity;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// A deployment in memory, people who write to each other, and servers that tell endpoints.
final class HookWorld implements AutoCloseable {
  static final WebhookSecret SECRET =
      WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orThrow();

  /// A server that shows no life for as long as this is taken for dead, where there is no other.
  static final Duration PATIENCE = Duration.ofMillis(900);

  private static final SecureRandom RANDOM = new SecureRandom();

  final Deployment deployment =
      Deployment.open(
          new Settings(new Storage.InMemory(), "parley", new Capacity.OnDemand(), null));
  final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  final InstantSource clock = () -> Instant.now().plus(ahead.get());
  final Feed feed = Feed.on(deployment, clock);
  final Services services = feed.services();

  HookWorld() {
    feed.pump().start();
  }

  static UserId person() {
    return UserId.random(RANDOM);
  }

  ConversationId talk() {
    return services.conversations().openDirect(person(), person());
  }

  ConversationId talk(UserId one, UserId other) {
    return services.conversations().openDirect(one, other);
  }

  Entry.Message send(UserId from, ConversationId id, String text) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    ClientId clientId = ClientId.of(clock.instant(), random.nextLong(), random.nextLong());
    Written written = services.messages().send(from, id, clientId, Text.parse(text).orThrow());
    assertThat(written).isInstanceOf(Written.Stored.class);
    return (Entry.Message) ((Written.Stored) written).entry();
  }

  void switchStream(boolean on) {
    deployment
        .connection()
        .client()
        .updateTable(r ->
            r.tableName(deployment.table().name())
                .streamSpecification(stream -> {
                  stream.streamEnabled(on);
                  if (on) {
                    stream.streamViewType(StreamViewType.NEW_IMAGE);
                  }
                }));
  }

  static WebhookSettings settings(String id, Hooks hooks) {
    return settings(id, hooks, false);
  }

  static WebhookSettings settings(String id, Hooks hooks, boolean text) {
    return new WebhookSettings(id, hooks.url(), List.of(SECRET), Set.of(EventKind.values()), text);
  }

  /// A server that tells these endpoints. It can be killed.
  final class Server implements AutoCloseable {
    private final AtomicBoolean killed = new AtomicBoolean();
    private final Webhooks webhooks;

    Server(Duration rememberEvery, WebhookSettings... endpoints) {
      this(deployment.connection().streams(), rememberEvery, PATIENCE, endpoints);
    }

    /// One beside another: longer than a machine stands still, or both would tell.
    Server(Duration rememberEvery, Duration patience, WebhookSettings... endpoints) {
      this(deployment.connection().streams(), rememberEvery, patience, endpoints);
    }

    Server(
        DynamoDbStreamsClient streams,
        Duration rememberEvery,
        Duration patience,
        WebhookSettings... endpoints) {
      Table table =
          new Table(
              mortal(DynamoDbClient.class, deployment.connection().client(), killed),
              "parley",
              Capabilities.ALL,
              deployment.units());
      String owner = UUID.randomUUID().toString();
      this.webhooks =
          Webhooks.start(
              List.of(endpoints),
              services.log(),
              clock,
              (name, reader) ->
                  new StreamFollower(
                      mortal(DynamoDbStreamsClient.class, streams, killed),
                      table,
                      deployment.description(),
                      name,
                      owner,
                      reader,
                      new StreamFollower.Pace(
                          Duration.ofMillis(20), Duration.ofSeconds(1), rememberEvery, patience),
                      clock),
              Hooks::post);
    }

    Webhooks.Count count(String name) {
      return webhooks.count(name);
    }

    /// As `kill -9`: nothing of it reaches the table any more.
    void kill() {
      killed.set(true);
      webhooks.close();
    }

    /// As SIGTERM. It may be closed again.
    void stop() {
      webhooks.close();
    }

    @Override
    public void close() {
      webhooks.close();
    }
  }

  private static <T> T mortal(Class<T> type, T client, AtomicBoolean killed) {
    return type.cast(
        Proxy.newProxyInstance(
            HookWorld.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, args) -> {
              if (killed.get()) {
                throw new IllegalStateException("killed");
              }
              try {
                return method.invoke(client, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /// The numbers that were taken, by conversation, in the order of their first coming. An event
  /// that came again was the same event.
  static Map<String, List<Long>> numbers(Hooks hooks) {
    Map<String, List<Long>> numbers = new LinkedHashMap<>();
    Map<String, @Nullable String> bodies = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (Hooks.Heard heard : hooks.taken()) {
      String before = bodies.put(heard.id(), heard.body());
      assertThat(before == null || before.equals(heard.body())).as(heard.id()).isTrue();
      if (seen.add(heard.id())) {
        numbers
            .computeIfAbsent(
                heard.json().at("/data/conversationId").asString(), _ -> new ArrayList<>())
            .add(heard.json().at("/data/seq").asLong());
      }
    }
    return numbers;
  }

  static List<Long> upTo(long last) {
    return java.util.stream.LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Override
  public void close() {
    feed.pump().close();
    deployment.close();
  }
}
