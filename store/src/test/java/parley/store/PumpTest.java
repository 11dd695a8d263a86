package parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Limits;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.inbox.RowKey;
import parley.messaging.retention.Sweeper;
import parley.store.StreamPump.Settings;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// The pump on the embedded engine's stream.
class PumpTest {
  private static final UserId ALICE = World.person(1);
  private static final UserId BOB = World.person(2);
  private static final Duration WAIT = Duration.ofMinutes(2);

  /// Fast enough for a test: a checkpoint at once, patience of half a second.
  private static final Settings FAST =
      new Settings(
          Duration.ofSeconds(1),
          Duration.ZERO,
          Duration.ofMillis(20),
          Duration.ZERO,
          Duration.ofMillis(500));

  private final World world = World.fresh();
  private final ConversationId id = world.conversations.openDirect(ALICE, BOB);

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + WAIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting: " + what).isLessThan(end);
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private long projected(UserId user) {
    var row = world.rows.row(new RowKey(user, id));
    return row == null || row.last() == null ? 0 : row.last().seq();
  }

  private List<Map<String, AttributeValue>> items(TableDesign.Entity entity) {
    return TestTables.engine().client().scan(r -> r.tableName(world.table.name())).items().stream()
        .filter(item -> {
          Key key = Key.of(item);
          return TableDesign.Entity.of(key.pk(), key.sk()).orElseThrow() == entity;
        })
        .toList();
  }

  private String leaseOwner() {
    return items(TableDesign.Entity.CHECKPOINT).getFirst().get("owner").s();
  }

  @Test
  void goesOnWhereItWasLeft() {
    world.send(ALICE, id, "before");
    // He answers: rows of requests are looked for in the inbox first, which is refused.
    world.send(BOB, id, "an answer");
    try (StreamPump pump = world.pump(FAST)) {
      pump.start();
      await("the first messages", () -> projected(BOB) == 2);
      // Also that it came so far is written down then: closing waits for that, and not for ever.
      assertThat(pump.awaitCaughtUp(WAIT)).isTrue();
    }
    world.send(ALICE, id, "while nobody was there");
    assertThat(projected(BOB)).isEqualTo(2);
    UnitMeter meter = new UnitMeter();
    World next =
        new World(
            new Table(TestTables.engine().client(), world.table.name(), Capabilities.ALL, meter),
            world.clock);
    try (StreamPump pump = next.pump(FAST)) {
      pump.start();
      await("the third message", () -> projected(BOB) == 3);
    }
    assertThat(meter.refusals()).as("nothing was projected twice").isZero();
  }

  @Test
  void everyServerHearsAndOneProjects() {
    World other = world.restarted();
    try (StreamPump first = world.pump(FAST);
        StreamPump second = other.pump(FAST)) {
      first.start();
      await("the lease", () -> !items(TableDesign.Entity.CHECKPOINT).isEmpty());
      second.start();
      // It begins where the first has come to, so what is sent before that it would never hear.
      assertThat(second.awaitCaughtUp(WAIT)).isTrue();
      // The second reads the end of the log once; from then on it hears.
      other.messages.newest(ALICE, id, 1);
      other.send(BOB, id, "from the second");
      world.send(ALICE, id, "from the first");
      world.send(ALICE, id, "again");
      await("the second to hear", () -> other.tails.lastSeq(id) == 3);
      await("the projection", () -> projected(BOB) == 3);
    }
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  @Test
  void aListenerTakesOverWhatIsLeftLying() {
    StreamPump dead = world.pump(FAST);
    World survivor = world.restarted();
    try (StreamPump pump = survivor.pump(FAST)) {
      pump.start();
      await("the survivor's lease", () -> !items(TableDesign.Entity.CHECKPOINT).isEmpty());
      String mine = leaseOwner();
      // Another server starts, takes the lease, and dies without a word.
      new Checkpoints(world.table, streamLabel(), world.clock)
          .take(shard(), "a server that is dead");
      assertThat(leaseOwner()).isNotEqualTo(mine);
      // The owner that was finds out when it next saves, listens, sees work left lying, takes over.
      world.send(ALICE, id, "1");
      await("its projection", () -> projected(BOB) == 1);
      await(
          "the takeover",
          () -> {
            world.send(ALICE, id, "more");
            return leaseOwner().equals(mine);
          });
      long last = world.tails.lastSeq(id);
      await("all of it", () -> projected(BOB) == last);
    } finally {
      dead.close();
    }
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  private String streamLabel() {
    return TestTables.engine()
        .client()
        .describeTable(r -> r.tableName(world.table.name()))
        .table()
        .latestStreamLabel();
  }

  private String shard() {
    String sk = Key.of(items(TableDesign.Entity.CHECKPOINT).getFirst()).sk();
    return sk.substring(TableDesign.Entity.CHECKPOINT.skPrefix().length());
  }

  @Test
  void checkpointsOnlyAfterWorkAndNeverForItsOwnWrites() {
    try (StreamPump pump = world.pump(FAST)) {
      pump.start();
      world.send(ALICE, id, "1");
      await("the projection", () -> projected(BOB) == 1);
      assertThat(pump.awaitCaughtUp(WAIT)).isTrue();
      await("a checkpoint", () -> version() >= 2);
      assertThat(pump.awaitCaughtUp(WAIT)).isTrue();
      long version = version();
      // Its own writes come by on the stream; a reader's mark does too. None is work.
      world.inbox.markRead(BOB, id, 1);
      for (int i = 0; i < 20; i++) {
        assertThat(pump.awaitCaughtUp(WAIT)).isTrue();
      }
      assertThat(version()).isEqualTo(version);
    }
  }

  private long version() {
    return Long.parseLong(items(TableDesign.Entity.CHECKPOINT).getFirst().get("version").n());
  }

  @Test
  void checkpointsAtMostOnceInTheirTime() {
    Settings slow =
        new Settings(
            FAST.shardsEvery(),
            FAST.pollMin(),
            FAST.pollMax(),
            Duration.ofHours(1),
            FAST.takeOverAfter());
    try (StreamPump pump = world.pump(slow)) {
      pump.start();
      for (int i = 1; i <= 30; i++) {
        world.send(ALICE, id, "message " + i);
        assertThat(pump.awaitCaughtUp(WAIT)).isTrue();
      }
      assertThat(projected(BOB)).isEqualTo(30);
      assertThat(version()).as("only the taking of the lease").isEqualTo(1);
    }
    assertThat(version()).as("and one when it closes").isEqualTo(2);
  }

  @Test
  void aPoisonRecordIsSetAsideAndTheRestGoesOn() {
    ConversationId other = world.conversations.openDirect(ALICE, World.person(3));
    world.send(ALICE, id, "1");
    poison(id, 2);
    strangeKey();
    world.send(ALICE, other, "unharmed");
    try (StreamPump pump = world.pump(FAST)) {
      pump.start();
      assertThat(pump.awaitCaughtUp(WAIT)).isTrue();
      assertThat(pump.setAsideCount()).isEqualTo(2);
      assertThat(world.rows.row(new RowKey(ALICE, other)).last().preview()).isEqualTo("unharmed");
      assertThat(projected(BOB)).isEqualTo(1);
      // The same conversation goes on behind it.
      world.restarted().send(ALICE, id, "3");
      assertThat(pump.awaitCaughtUp(WAIT)).isTrue();
      assertThat(projected(BOB)).isEqualTo(3);
    }
    List<Map<String, AttributeValue>> aside = items(TableDesign.Entity.SET_ASIDE);
    assertThat(aside).hasSize(2);
    assertThat(aside.toString()).contains("clientId").doesNotContain("SECRET-TEXT");
    assertThat(world.rebuild().run(false).differences())
        .as("what is spoilt is reported, and nothing else")
        .hasSize(2)
        .anyMatch(difference -> difference.contains(id + "/2"))
        .anyMatch(difference -> difference.contains("C#not-an-id"))
        .noneMatch(difference -> difference.contains("SECRET-TEXT"));
  }

  private void poison(ConversationId conversation, long seq) {
    Map<String, AttributeValue> item =
        new Item.Builder(Key.entry(conversation, seq))
            .put("kind", "message")
            .put("from", ALICE.value())
            .put("at", world.clock.instant())
            .put("n", seq)
            .put("stateSeq", 0)
            .put("movedAt", world.clock.instant())
            .put("clientId", "no UUID at all")
            .put("text", "SECRET-TEXT")
            .build();
    TestTables.engine().client().putItem(r -> r.tableName(world.table.name()).item(item));
  }

  private void strangeKey() {
    TestTables.engine()
        .client()
        .putItem(r ->
            r.tableName(world.table.name())
                .item(
                    Map.of(
                        "PK", AttributeValue.fromS("C#not-an-id"),
                        "SK", AttributeValue.fromS("M#not-a-number"),
                        "text", AttributeValue.fromS("SECRET-TEXT"))));
  }

  @Test
  void aBusyTableHoldsUpInboxesAndLosesNothing() {
    FaultyClient faulty = FaultyClient.of(TestTables.engine().client(), 5, 1.0);
    World throttled = new World(TestTables.through(faulty.client(), world.table), world.clock);
    for (int i = 1; i <= 20; i++) {
      world.send(ALICE, id, "message " + i);
    }
    try (StreamPump pump = throttled.pump(FAST)) {
      pump.start();
      await("some failures", () -> faulty.faults() > 5);
      faulty.setRate(0.3);
      await("the projection", () -> projected(BOB) == 20);
      faulty.setRate(0);
      assertThat(pump.awaitCaughtUp(WAIT)).isTrue();
    }
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  /// Every read of the stream is billed, so an idle pump reads less and less often.
  @Test
  void pollingSlowsDownWhenIdle() {
    List<Long> reads = new CopyOnWriteArrayList<>();
    DynamoDbStreamsClient counting =
        (DynamoDbStreamsClient)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DynamoDbStreamsClient.class},
                (_, method, args) -> {
                  if (method.getName().equals("getRecords")) {
                    reads.add(System.nanoTime());
                  }
                  return method.invoke(TestTables.engine().streams(), args);
                });
    try (StreamPump pump = world.pump(counting, Settings.EMBEDDED)) {
      pump.start();
      assertThat(pump.awaitCaughtUp(WAIT)).isTrue();
      // Each read that brings nothing doubles the pause, from a millisecond on.
      int slow = reads.size() + 12;
      await("more reads", () -> reads.size() >= slow + 5);
      for (int i = slow; i < slow + 4; i++) {
        assertThat(Duration.ofNanos(reads.get(i + 1) - reads.get(i)))
            .as("ten a second, and never more")
            .isGreaterThanOrEqualTo(Settings.EMBEDDED.pollMax());
      }
    }
  }

  private void switched(boolean on) {
    TestTables.engine()
        .client()
        .updateTable(r ->
            r.tableName(world.table.name())
                .streamSpecification(stream -> {
                  stream.streamEnabled(on);
                  if (on) {
                    stream.streamViewType(StreamViewType.NEW_IMAGE);
                  }
                }));
  }

  /// What an operator can do to a table any day: nobody goes on reading a stream that is no more.
  @Test
  void aStreamThatIsSwitchedOffIsToldAndTheNextOneIsRead() throws Exception {
    try (StreamPump pump = world.pump(FAST)) {
      pump.start();
      world.send(ALICE, id, "1");
      await("the first message", () -> projected(BOB) == 1);
      String before = streamLabel();
      switched(false);
      await("that nothing is told", () -> pump.behind().compareTo(Duration.ofSeconds(1)) > 0);
      world.send(ALICE, id, "which no stream carries");
      assertThat(pump.awaitCaughtUp(Duration.ofMillis(100))).isFalse();
      switched(true);
      assertThat(streamLabel()).isNotEqualTo(before);
      world.send(ALICE, id, "3");
      await("the third, and with it the second", () -> projected(BOB) == 3);
      assertThat(pump.awaitCaughtUp(WAIT)).as("it is told again").isTrue();
      await("that it follows", () -> pump.behind().compareTo(Duration.ofSeconds(1)) < 0);
    }
    assertThat(world.rebuild().run(false).differences()).isEmpty();
  }

  @Test
  void aTableThatIsMadeAnewIsHeard() {
    try (StreamPump pump = world.pump(FAST)) {
      pump.start();
      world.send(ALICE, id, "1");
      await("the first message", () -> projected(BOB) == 1);
      var client = TestTables.engine().client();
      client.deleteTable(r -> r.tableName(world.table.name()));
      new TableAdmin(client, world.table.name(), Capabilities.ALL)
          .ensure(new TableAdmin.Capacity.OnDemand());
      World anew = world.restarted();
      ConversationId other = anew.conversations.openDirect(ALICE, World.person(3));
      anew.send(ALICE, other, "in another table of the same name");
      await(
          "it",
          () -> {
            var row = anew.rows.row(new RowKey(ALICE, other));
            return row != null && row.last() != null;
          });
    }
  }

  @Test
  void theStreamCarriesNewImagesOnly() {
    var stream =
        TestTables.engine()
            .client()
            .describeTable(r -> r.tableName(world.table.name()))
            .table()
            .streamSpecification();
    assertThat(stream.streamViewTypeAsString()).isEqualTo("NEW_IMAGE");
  }

  /// A sweep dies at any of its writes, and a server starts over the stream, which still has the
  /// texts: from where it was left, or from the beginning where that is not known any more.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7})
  void aServerThatStartsInTheMiddleOfASweepBringsNoTextBack(int write) {
    TestClock clock = (TestClock) world.clock;
    Duration day = Duration.ofDays(1);
    world.send(ALICE, id, "this stays");
    world.messages.retain(BOB, id, world.clientId(), 1);
    world.send(BOB, id, "vanishes 1");
    try (StreamPump pump = world.pump(FAST)) {
      pump.start();
      await("the first messages", () -> projected(ALICE) == 3);
    }
    long last = world.send(ALICE, id, "vanishes 2").seq();
    world.messages.edit(ALICE, id, world.clientId(), last, World.text("vanishes 3"));
    clock.advance(day);
    MortalClient mortal = new MortalClient(TestTables.engine().client(), write, write % 2 == 0);
    SweepItems dying = new SweepItems(TestTables.through(mortal.client(), world.table));
    assertThatThrownBy(() -> sweep(new Sweeper(dying, dying, world.vanishing, clock)))
        .isInstanceOf(MortalClient.Killed.class);
    if (write % 3 == 0) {
      items(TableDesign.Entity.CHECKPOINT)
          .forEach(item ->
              TestTables.engine()
                  .client()
                  .deleteItem(r ->
                      r.tableName(world.table.name())
                          .key(Map.of("PK", item.get("PK"), "SK", item.get("SK")))));
    }
    World next = world.restarted();
    try (StreamPump pump = next.pump(FAST)) {
      pump.start();
      assertThat(pump.awaitCaughtUp(WAIT)).isTrue();
      assertThat(next.rows.row(new RowKey(BOB, id)).seen(next.vanishing).last().preview()).isNull();
      assertThat(next.rebuild().run(false).differences()).isEmpty();
      clock.advance(Limits.RETENTION_LEASE);
      sweep(next.sweeper);
      assertThat(pump.awaitCaughtUp(WAIT)).isTrue();
      assertThat(next.rebuild().run(false).differences()).isEmpty();
    }
    // What a projection put into a row behind the back of the sweep goes with the next one.
    clock.advance(day);
    sweep(next.sweeper);
    assertThat(World.everythingIn(world.table)).contains("this stays").doesNotContain("vanishes");
    assertThat(next.rebuild().run(false).differences()).isEmpty();
  }

  private static void sweep(Sweeper sweeper) {
    for (int pieces = 0; sweeper.work(); pieces++) {
      assertThat(pieces).isLessThan(100);
    }
  }
}
