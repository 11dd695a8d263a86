package parley.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.server.webhook.HookWorld.numbers;
import static parley.server.webhook.HookWorld.person;
import static parley.server.webhook.HookWorld.settings;
import static parley.server.webhook.HookWorld.upTo;
import static parley.server.webhook.Hooks.await;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.account.Account;
import parley.messaging.account.DisplayName;
import parley.messaging.account.Handle;
import parley.messaging.account.Password;
import parley.messaging.account.SignUp;
import parley.messaging.account.Source;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.erasure.Step;
import parley.messaging.message.ClientId;
import parley.messaging.message.Entry;
import parley.messaging.message.Written;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Endpoints are told what happens: in order, all of it, and each as well as it can hear.
class WebhooksTest {
  /// As often as a test can ask for, and as seldom as a server that dies soon.
  private static final Duration ALWAYS = Duration.ZERO;

  private static final Duration NEVER = Duration.ofHours(1);

  private final HookWorld world = new HookWorld();
  private final UserId ann = person();
  private final UserId ben = person();
  private Hooks hooks;

  @BeforeEach
  void start() throws IOException {
    hooks = new Hooks();
  }

  @AfterEach
  void stop() {
    hooks.close();
    world.close();
  }

  @Test
  void aMessageIsToldWithoutItsText() {
    ConversationId id = world.talk(ann, ben);
    try (HookWorld.Server server = world.new Server(ALWAYS, settings("a", hooks))) {
      Entry.Message sent = world.send(ann, id, "between the two of us");
      await("the event", () -> server.count("a").delivered() == 1);
      Hooks.Heard heard = hooks.taken().getFirst();
      assertThat(heard.id()).isEqualTo("msg_" + id + "_1");
      assertThat(heard.body())
          .isEqualTo(
              ("{\"type\":\"message.sent\",\"timestamp\":\"%1$s\",\"data\":{\"conversationId\":\"%2$s\","
                      + "\"seq\":1,\"from\":\"%3$s\",\"to\":[\"%4$s\"],\"sentAt\":\"%1$s\"}}")
                  .formatted(sent.at(), id, ann, ben));
      await("nothing is left", () -> server.count("a").behind().isZero());
    }
  }

  @Test
  void withItsTextIfThatIsAskedForAndNotWhatWasTakenBack() {
    ConversationId id = world.talk(ann, ben);
    hooks.answers(Hooks.status(503));
    try (HookWorld.Server server = world.new Server(ALWAYS, settings("a", hooks, true))) {
      world.send(ann, id, "first");
      await("an attempt", () -> server.count("a").failed() > 0);
      Entry.Message second = world.send(ben, id, "taken back");
      Written unsent =
          world
              .services
              .messages()
              .unsend(ben, id, ClientId.of(world.clock.instant(), 1, 2), second.seq());
      assertThat(unsent).isInstanceOf(Written.Stored.class);
      await(
          "the text is gone",
          () ->
              world.services.log().entry(id, second.seq()) instanceof Entry.Message message
                  && message.text() == null);
      hooks.answers(Hooks::takes);
      await("both", () -> server.count("a").delivered() == 2);
      assertThat(hooks.taken().get(0).json().at("/data/text").asString()).isEqualTo("first");
      assertThat(hooks.taken().get(1).json().at("/data/text").isNull()).isTrue();
      assertThat(hooks.asked.toString()).doesNotContain("taken back");
    }
  }

  @Test
  void nobodyIsNamedWhoHasBlockedWhoeverWrites() {
    ConversationId id = world.talk(ann, ben);
    world.services.blocks().block(ben, ann);
    try (HookWorld.Server server = world.new Server(ALWAYS, settings("a", hooks))) {
      world.send(ann, id, "let me in");
      await("the event", () -> server.count("a").delivered() == 1);
      assertThat(hooks.taken().getFirst().json().at("/data/to")).isEmpty();
    }
  }

  @Test
  void anEndpointThatWasDownIsToldAllOfItInOrder() {
    Random random = new Random(7);
    List<ConversationId> talks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      talks.add(world.talk(ann, person()));
    }
    hooks.answers(Hooks.status(500));
    try (HookWorld.Server server = world.new Server(ALWAYS, settings("a", hooks))) {
      for (int i = 0; i < 12; i++) {
        talks.forEach(id -> world.send(ann, id, "n"));
      }
      await("it was tried", () -> server.count("a").failed() >= 5);
      assertThat(server.count("a").behind()).isPositive();
      // Back, and still failing now and then.
      hooks.answers(exchange -> {
        boolean fails;
        synchronized (random) {
          fails = random.nextInt(12) == 0;
        }
        Hooks.Answering next = fails ? Hooks.status(503) : Hooks::takes;
        next.answer(exchange);
      });
      await("all", () -> server.count("a").delivered() == 60);
      assertThat(numbers(hooks).values())
          .hasSize(5)
          .allSatisfy(it -> assertThat(it).isEqualTo(upTo(12)));
      // Each was taken once: what failed was told again, and nothing that was taken.
      assertThat(hooks.taken()).hasSize(60);
      assertThat(server.count("a").givenUp()).isZero();
    }
  }

  @Test
  void oneThatDoesNotAnswerHoldsUpNobodyElse() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (Hooks slow = new Hooks()) {
      slow.answers(exchange -> {
        try {
          boolean _ = over.await(90, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      ConversationId id = world.talk(ann, ben);
      try (HookWorld.Server server =
          world.new Server(ALWAYS, settings("slow", slow), settings("good", hooks))) {
        for (int i = 0; i < 30; i++) {
          world.send(ann, id, "n");
        }
        await("the good one has all", () -> server.count("good").delivered() == 30);
        assertThat(numbers(hooks).get(id.value())).isEqualTo(upTo(30));
        assertThat(server.count("slow").delivered()).isZero();
        assertThat(slow.asked).hasSizeLessThan(5);
      } finally {
        over.countDown();
      }
    }
  }

  @Test
  void whoAnswersThatItIsGoneIsToldNothingMoreUntilAServerStarts() throws Exception {
    ConversationId id = world.talk(ann, ben);
    hooks.answers(Hooks.status(410));
    Duration patience = Duration.ofSeconds(6);
    try (HookWorld.Server server = world.new Server(ALWAYS, patience, settings("a", hooks));
        HookWorld.Server beside = world.new Server(ALWAYS, patience, settings("a", hooks))) {
      world.send(ann, id, "n");
      await("it says so", () -> server.count("a").failed() + beside.count("a").failed() == 1);
      hooks.answers(Hooks::takes);
      world.send(ann, id, "n");
      // Long enough for either of them to think that nobody is at it.
      Thread.sleep(patience.multipliedBy(2).plusSeconds(1));
      assertThat(hooks.asked).hasSize(1);
    }
    try (HookWorld.Server server = world.new Server(ALWAYS, settings("a", hooks))) {
      await("both", () -> server.count("a").delivered() == 2);
      assertThat(numbers(hooks).get(id.value())).isEqualTo(upTo(2));
    }
  }

  @Test
  void aServerThatIsKilledIsFollowedByOneThatGoesOnWhereItWas() {
    ConversationId id = world.talk(ann, ben);
    // Slowly, so that it is killed in the middle.
    hooks.answers(exchange -> {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Hooks.takes(exchange);
    });
    HookWorld.Server first = world.new Server(NEVER, settings("a", hooks));
    for (int i = 0; i < 40; i++) {
      world.send(ann, id, "n");
    }
    await("some of it", () -> hooks.taken().size() >= 10);
    first.kill();
    int before = hooks.taken().size();
    for (int i = 0; i < 10; i++) {
      world.send(ben, id, "n");
    }
    try (HookWorld.Server second = world.new Server(ALWAYS, settings("a", hooks))) {
      await("all", () -> numbers(hooks).getOrDefault(id.value(), List.of()).size() == 50);
      assertThat(numbers(hooks).get(id.value())).isEqualTo(upTo(50));
      // What it had told and not yet written down is told again, under the same ids.
      assertThat(hooks.taken().size()).isBetween(50, 50 + before + 1);
      await("nothing is left", () -> second.count("a").behind().isZero());
    }
  }

  @Test
  void oneServerTellsAndTheNextOneGoesOnWithoutARepetition() {
    ConversationId id = world.talk(ann, ben);
    Duration patience = Duration.ofSeconds(10);
    try (HookWorld.Server first = world.new Server(NEVER, patience, settings("a", hooks))) {
      world.send(ann, id, "n");
      await("the first", () -> hooks.taken().size() == 1);
      try (HookWorld.Server second = world.new Server(NEVER, patience, settings("a", hooks))) {
        for (int i = 2; i <= 20; i++) {
          world.send(ann, id, "n");
        }
        await("the others", () -> hooks.taken().size() == 20);
        assertThat(second.count("a").delivered()).isZero();
        await("nothing is left", () -> first.count("a").behind().isZero());
        first.stop();
        world.send(ben, id, "n");
        await("one more", () -> second.count("a").delivered() == 1);
      }
    }
    assertThat(hooks.taken()).hasSize(21);
    assertThat(numbers(hooks).get(id.value())).isEqualTo(upTo(21));
  }

  @Test
  void whatTheStreamHasForgottenIsCountedAndTheRestIsTold() {
    ConversationId id = world.talk(ann, ben);
    try (HookWorld.Server server = world.new Server(ALWAYS, settings("a", hooks))) {
      world.send(ann, id, "n");
      await("the first", () -> server.count("a").delivered() == 1);
    }
    world.send(ann, id, "n");
    AtomicBoolean forgotten = new AtomicBoolean(true);
    DynamoDbStreamsClient streams = world.deployment.connection().streams();
    DynamoDbStreamsClient forgetful =
        (DynamoDbStreamsClient)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DynamoDbStreamsClient.class},
                (_, method, args) -> {
                  if (method.getName().equals("getRecords") && forgotten.getAndSet(false)) {
                    throw TrimmedDataAccessException.builder().message("a day").build();
                  }
                  try {
                    return method.invoke(streams, args);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    try (HookWorld.Server server =
        world.new Server(forgetful, ALWAYS, HookWorld.PATIENCE, settings("a", hooks))) {
      await("the second", () -> numbers(hooks).get(id.value()).contains(2L));
      assertThat(server.count("a").gaps()).isEqualTo(1);
    }
  }

  /// A whole shard is gone that was not read to its end: the stream begins with one that came from
  /// it.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasInAShardThatIsGoneIsCountedUnlessItWasReadToItsEnd(boolean toItsEnd) {
    ConversationId id = world.talk(ann, ben);
    try (HookWorld.Server server = world.new Server(ALWAYS, settings("a", hooks))) {
      world.send(ann, id, "n");
      await("the first", () -> server.count("a").delivered() == 1);
    }
    if (toItsEnd) {
      leftAtItsEnd();
    }
    world.send(ann, id, "n");
    try (HookWorld.Server server =
        world.new Server(younger(), ALWAYS, HookWorld.PATIENCE, settings("a", hooks))) {
      await("the second", () -> numbers(hooks).get(id.value()).contains(2L));
      world.send(ben, id, "n");
      await("what comes then", () -> numbers(hooks).get(id.value()).contains(3L));
      assertThat(server.count("a").gaps()).isEqualTo(toItsEnd ? 0 : 1);
    }
  }

  /// What each of the stream's shards became, by its name.
  private static final String CHILD = "shardId-00000000000000000001-child-of-";

  /// The stream as it is when its shards have given way to others.
  private DynamoDbStreamsClient younger() {
    DynamoDbStreamsClient streams = world.deployment.connection().streams();
    return (DynamoDbStreamsClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DynamoDbStreamsClient.class},
            (_, method, args) -> {
              try {
                return switch (method.getName()) {
                  case "describeStream" ->
                      grown((DescribeStreamResponse) method.invoke(streams, args));
                  case "getShardIterator" -> streams.getShardIterator(asked(args[0]));
                  default -> method.invoke(streams, args);
                };
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static DescribeStreamResponse grown(DescribeStreamResponse before) {
    return before.toBuilder()
        .streamDescription(
            before.streamDescription().toBuilder()
                .shards(
                    before.streamDescription().shards().stream()
                        .map(shard ->
                            shard.toBuilder()
                                .shardId(CHILD + shard.shardId())
                                .parentShardId(shard.shardId())
                                .build())
                        .toList())
                .build())
        .build();
  }

  @SuppressWarnings("unchecked")
  private static GetShardIteratorRequest asked(Object how) {
    GetShardIteratorRequest asked =
        GetShardIteratorRequest.builder()
            .applyMutation((Consumer<GetShardIteratorRequest.Builder>) how)
            .build();
    return asked.toBuilder().shardId(asked.shardId().replace(CHILD, "")).build();
  }

  /// The endpoint's checkpoints say that their shards were read to the end.
  private void leftAtItsEnd() {
    DynamoDbClient client = world.deployment.connection().client();
    String mine = "S#" + world.deployment.description().latestStreamLabel() + "#";
    List<Map<String, AttributeValue>> left =
        client.scan(r -> r.tableName("parley")).items().stream()
            .filter(item -> item.get("PK").s().startsWith(mine))
            .filter(item -> item.get("SK").s().startsWith("SHARD#shardId"))
            .toList();
    assertThat(left).isNotEmpty();
    left.forEach(item ->
        client.updateItem(r ->
            r.tableName("parley")
                .key(Map.of("PK", item.get("PK"), "SK", item.get("SK")))
                .updateExpression("SET #position = :end")
                .expressionAttributeNames(Map.of("#position", "position"))
                .expressionAttributeValues(Map.of(":end", AttributeValue.fromS("END")))));
  }

  @Test
  void anErasedAccountIsTold() {
    Handle handle = new Handle("leaving");
    DisplayName name = new DisplayName("Leaving");
    SignUp made =
        world
            .services
            .accounts()
            .signUp(
                handle,
                name,
                Password.parse("rowing at dawn", handle, name).orThrow(),
                Source.HERE);
    Account account = ((SignUp.Created) made).account();
    try (HookWorld.Server server = world.new Server(ALWAYS, settings("a", hooks))) {
      // It has begun to listen, before the clock is moved on.
      world.send(ann, world.talk(ann, ben), "n");
      await("it listens", () -> server.count("a").delivered() == 1);
      world.services.erasures().ask(account, Duration.ZERO);
      await(
          "the last reading waits for a day",
          () -> {
            world.ahead.set(world.ahead.get().plusSeconds(30));
            while (world.services.eraser().work()) {
              // Piece after piece.
            }
            return world.services.erasures().all(1).getFirst().step() == Step.LAST_SWEEP;
          });
      await("the event", () -> server.count("a").delivered() == 2);
      Hooks.Heard heard = hooks.taken().get(1);
      assertThat(heard.id()).isEqualTo("erased_" + account.id());
      assertThat(heard.json().path("type").asString()).isEqualTo("account.erased");
      assertThat(heard.json().at("/data/accountId").asString()).isEqualTo(account.id().value());
      assertThat(heard.body()).doesNotContain("eaving");
    }
  }

  /// The stream is switched off and on again: the table has another one then.
  @Test
  void theNextStreamIsReadToo() {
    ConversationId id = world.talk(ann, ben);
    try (HookWorld.Server server = world.new Server(ALWAYS, settings("a", hooks))) {
      world.send(ann, id, "1");
      await("the first", () -> server.count("a").delivered() == 1);
      world.switchStream(false);
      world.send(ann, id, "which no stream carries");
      world.switchStream(true);
      await("that something may be missing is counted", () -> server.count("a").gaps() == 1);
      world.send(ann, id, "3");
      await("the third", () -> server.count("a").delivered() == 2);
      assertThat(HookWorld.numbers(hooks)).isEqualTo(Map.of(id.value(), List.of(1L, 3L)));
    }
  }

  @Test
  void onlyWhatIsAskedForIsTold() {
    WebhookSettings erasures =
        new WebhookSettings(
            "a",
            hooks.url(),
            List.of(HookWorld.SECRET),
            java.util.Set.of(EventKind.ACCOUNT_ERASED),
            false);
    ConversationId id = world.talk(ann, ben);
    try (Hooks all = new Hooks();
        HookWorld.Server server = world.new Server(ALWAYS, erasures, settings("b", all))) {
      world.send(ann, id, "n");
      await("the other one", () -> server.count("b").delivered() == 1);
      assertThat(hooks.asked).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
