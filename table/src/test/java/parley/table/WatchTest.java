package parley.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Entry;
import parley.server.Refused;
import parley.store.TableAdmin.Capacity;
import parley.store.World;
import parley.table.PopulationSeed.Wanted;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/// The change stream as it is told: events, and items.
class WatchTest {
  /// A head, a message with its row's move, a read mark and an edit, at least.
  private static final int EVENTS = 5;

  /// What is told from the beginning of the stream, by somebody who watches for longer the next
  /// time if it was too little: the machine may be busy.
  private static String watched(Place place, boolean json, boolean items, int lines) {
    String said = "";
    for (int seconds = 2; said.lines().count() < lines && seconds < 40; seconds *= 2) {
      new Watch(place.table, place.out(json), InstantSource.system(), items)
          .run(true, Duration.ofSeconds(seconds));
      said = place.said();
    }
    return said;
  }

  @Test
  void everyChangeIsToldAsItsEntityWithoutWhatPeopleWrote() {
    try (Place place = Place.fresh()) {
      new PopulationSeed(place.table, place.out(false), new Wanted(4, 1, 5, 1))
          .run(new Capacity.OnDemand(), new Rate.Unbounded());
      place.said();
      place
          .table
          .client()
          .deleteItem(r ->
              r.tableName("parley")
                  .key(
                      Map.of(
                          "PK", AttributeValue.fromS("DEPLOYMENT"),
                          "SK", AttributeValue.fromS("SECRET"))));
      String said = watched(place, false, true, 18);
      // The fingerprint, four people with their handles, a head, two rows, five entries, a
      // deletion.
      assertThat(said.lines()).hasSize(1 + 8 + 3 + 5 + 1);
      assertThat(said)
          .contains("s is   entry  ", "characters, hidden)")
          .containsPattern("s gone deployment +DEPLOYMENT  SECRET");
      assertThat(watched(place, true, true, 18).lines())
          .hasSize(18)
          .allSatisfy(line -> assertThat(line).contains("\"late\":", "\"entity\":"))
          .filteredOn(line -> line.contains("\"gone\":true"))
          .hasSize(1);
    }
  }

  private static List<String> events(Place place, boolean json) {
    return watched(place, json, false, EVENTS)
        .lines()
        .map(line -> line.replaceAll("^\\S+ \\+[0-9.]+s ", ""))
        .toList();
  }

  @Test
  void whatHappensIsToldAsEvents() {
    try (Place place = Place.fresh()) {
      World world = new World(place.table.table(), InstantSource.system());
      UserId alice = World.person(1);
      UserId bob = World.person(2);
      ConversationId id = world.conversations.openDirect(alice, bob);
      Entry.Message first = world.send(alice, id, "hello there");
      world.projector.project(id, List.of(first));
      world.inbox.markRead(bob, id, 1);
      world.messages.edit(alice, id, world.clientId(), 1, World.text("hello"));
      List<String> told = events(place, false);
      assertThat(told)
          .contains(
              "message 1  conversation=" + id + "  by=" + alice + "  text=(11 characters, hidden)",
              "row moved  user=" + bob + "  conversation=" + id + "  newest=1  unread=1",
              "read mark  user=" + bob + "  conversation=" + id + "  read=1  newest=1  unread=0",
              "edit 2  conversation="
                  + id
                  + "  by="
                  + alice
                  + "  of=1  text=(5 characters, hidden)")
          .anyMatch(line -> line.startsWith("conversation head written  key=C#" + id))
          .noneMatch(line -> line.contains("hello"));
      assertThat(events(place, true))
          .anyMatch(
              line -> line.contains("\"event\":\"read mark\"") && line.contains("\"read\":1"));
    }
  }

  private static void switched(Place place, boolean on) {
    place
        .table
        .client()
        .updateTable(r ->
            r.tableName("parley")
                .streamSpecification(stream -> {
                  stream.streamEnabled(on);
                  if (on) {
                    stream.streamViewType(StreamViewType.NEW_IMAGE);
                  }
                }));
  }

  private static void await(BooleanSupplier there) throws InterruptedException {
    long from = System.nanoTime();
    while (!there.getAsBoolean()) {
      assertThat(System.nanoTime() - from).isLessThan(Duration.ofMinutes(1).toNanos());
      Thread.sleep(50);
    }
  }

  /// Whoever switches the stream off and on again gives the table another one.
  @Test
  void theNextStreamIsWatchedToo() throws Exception {
    try (Place place = Place.fresh()) {
      Instant begun = Instant.now();
      // Ten times as fast, so that it looks for shards once a second.
      InstantSource clock =
          () -> begun.plus(Duration.between(begun, Instant.now()).multipliedBy(10));
      Watch watch = new Watch(place.table, place.out(false), clock, true);
      Thread watching =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  watch.run(true, null);
                } catch (Refused e) {
                  // Told to end.
                }
              });
      StringBuilder said = new StringBuilder();
      put(place, "before");
      await(() -> said.append(place.said()).indexOf("before") >= 0);
      switched(place, false);
      switched(place, true);
      put(place, "after");
      await(() -> said.append(place.said()).indexOf("after") >= 0);
      assertThat(place.asides()).contains("another change stream since");
      watching.interrupt();
      assertThat(watching.join(Duration.ofMinutes(1))).isTrue();
    }
  }

  private static void put(Place place, String key) {
    place
        .table
        .client()
        .putItem(r ->
            r.tableName("parley")
                .item(
                    Map.of(
                        "PK", AttributeValue.fromS("S#" + key),
                        "SK", AttributeValue.fromS("SHARD#1"))));
  }
}
