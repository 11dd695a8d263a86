package parley.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.messaging.account.UserId;
import parley.messaging.conversation.ConversationId;
import parley.messaging.message.Entry;
import parley.store.TableAdmin.Capacity;
import parley.store.World;
import parley.table.PopulationSeed.Wanted;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The change stream as it is told: events, and items.
class WatchTest {
  private static void watch(Place place, boolean json) {
    new Watch(place.table, place.out(json), InstantSource.system(), true)
        .run(true, Duration.ofSeconds(3));
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
      watch(place, false);
      String said = place.said();
      // The fingerprint, four people with their handles, a head, two rows, five entries, a
      // deletion.
      assertThat(said.lines()).hasSize(1 + 8 + 3 + 5 + 1);
      assertThat(said)
          .contains("s is   entry  ", "characters, hidden)")
          .containsPattern("s gone deployment +DEPLOYMENT  SECRET");
      watch(place, true);
      assertThat(place.said().lines())
          .hasSize(18)
          .allSatisfy(line -> assertThat(line).contains("\"late\":", "\"entity\":"))
          .filteredOn(line -> line.contains("\"gone\":true"))
          .hasSize(1);
    }
  }

  private static List<String> events(Place place, boolean json) {
    new Watch(place.table, place.out(json), InstantSource.system(), false)
        .run(true, Duration.ofSeconds(3));
    return place.said().lines().map(line -> line.replaceAll("^\\S+ \\+[0-9.]+s ", "")).toList();
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
}
