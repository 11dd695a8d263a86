package parley.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.store.TableAdmin.Capacity;
import parley.table.PopulationSeed.Wanted;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The change stream as it is told.
class WatchTest {
  private static void watch(Place place, boolean json) {
    new Watch(place.table, place.out(json), InstantSource.system())
        .run(true, Duration.ofSeconds(3));
  }

  @Test
  void everyChangeIsToldAsItsEntityWithoutWhatPeopleWrote() {
    try (Place place = Place.fresh()) {
      new PopulationSeed(place.table, place.out(false), new Wanted(4, 1, 5, 1))
          .run(new Capacity.OnDemand(), 0);
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
}
