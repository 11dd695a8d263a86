package parley.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.server.Refused;
import parley.store.TableAdmin.Capacity;
import parley.store.TableDesign;
import parley.table.PopulationSeed.Wanted;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A generated population: the same every time, whole whatever happened, and as the logs say.
class PopulationSeedTest {
  private static final Wanted WANTED = new Wanted(30, 60, 900, 5);

  private static List<String> items(Place place) {
    return place.table.client().scanPaginator(r -> r.tableName(place.table.name())).items().stream()
        .map(item -> DynamoJson.text(DynamoJson.item(item)))
        .sorted()
        .toList();
  }

  private static void seed(Place place, Wanted wanted) {
    new PopulationSeed(place.table, place.out(false), wanted)
        .run(new Capacity.OnDemand(), new Rate.Unbounded());
  }

  @Test
  void itIsTheSameEveryTimeAndAnAuditFindsNothing() {
    try (Place one = Place.fresh();
        Place other = Place.fresh()) {
      seed(one, WANTED);
      assertThat(one.said()).contains("The population has 1,140 items; 1,140 were written now.");
      seed(other, WANTED);
      // The table's own fingerprint is one more.
      assertThat(items(one)).isEqualTo(items(other)).hasSize(1141);
      assertThat(new AuditRun(one.table, one.out(false)).run(false, Population.END)).isTrue();
      assertThat(one.said())
          .contains("60 conversations and 120 inbox rows compared: 0 differences.");
      seed(one, new Wanted(30, 60, 900, 6));
      assertThat(items(one)).hasSize(2281);
    }
  }

  @Test
  void aSecondRunChangesNothingAndABrokenOneGoesOn() {
    try (Place place = Place.fresh()) {
      seed(place, WANTED);
      List<String> whole = items(place);
      place.said();
      seed(place, WANTED);
      assertThat(place.said()).contains("; 0 were written now.");
      // As a run leaves it that was broken off: the last item of a group is not there yet, nor are
      // some others.
      List<Map<String, AttributeValue>> all =
          place.table.client().scan(r -> r.tableName("parley")).items();
      List<Map<String, AttributeValue>> entries =
          all.stream().filter(item -> Ink.key(item, "SK").startsWith("M#")).toList();
      String pk = Ink.key(entries.getFirst(), TableDesign.PK);
      entries.stream()
          .filter(item -> Ink.key(item, TableDesign.PK).equals(pk))
          .forEach(item ->
              place
                  .table
                  .client()
                  .deleteItem(r ->
                      r.tableName("parley")
                          .key(Map.of("PK", item.get("PK"), "SK", item.get("SK")))));
      seed(place, WANTED);
      assertThat(items(place)).isEqualTo(whole);
    }
  }

  @Test
  void itIsSkewedAndWhatPeopleDidSinceStays() {
    try (Place place = Place.fresh()) {
      Population population =
          new Population(
              new Population.Size(30, 60, 900, 5),
              new parley.messaging.conversation.PairIds(place.table.secret()));
      assertThat(population.talks()).extracting(Population.Talk::messages).contains(192, 3);
      assertThat(population.talks().getFirst().messages()).isGreaterThan(150);
      assertThat(population.talks().stream().mapToInt(Population.Talk::messages).sum())
          .isEqualTo(900);
      seed(place, WANTED);
      Map<String, AttributeValue> read =
          new HashMap<>(population.conversation(population.talks().getFirst()).all().get(1));
      read.put("readSeq", AttributeValue.fromN("3"));
      place.table.client().putItem(r -> r.tableName("parley").item(read));
      List<String> before = items(place);
      seed(place, WANTED);
      assertThat(items(place)).isEqualTo(before);
    }
  }

  @Test
  void whatItWouldCostIsWhatItCosts() {
    try (Place place = Place.fresh()) {
      PopulationSeed seed = new PopulationSeed(place.table, place.out(false), WANTED);
      seed.price(Prices.own());
      // Every item is below 1 KB: a unit each, and one more for each of 120 rows in the index.
      assertThat(place.said()).startsWith("1,140 items, ").contains("1,140 W + 120 Wi. $0.0008");
      assertThat(items(place)).isEmpty();
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThat(new Wanted(2, 1, 1, 0).people()).isEqualTo(2);
    assertThatThrownBy(() -> new Wanted(1, 1, 1, 0)).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> new Wanted(10, 12, 100, 0)).hasMessageContaining("1 to 11");
    assertThatThrownBy(() -> new Wanted(10, 5, 4, 0)).hasMessageContaining("--messages");
    assertThatThrownBy(() -> Rate.parse("0")).hasMessageContaining("--rate");
  }
}
