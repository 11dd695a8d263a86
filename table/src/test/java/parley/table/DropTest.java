package parley.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.server.Refused;
import parley.store.TableAdmin.Capacity;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A table that others use too is not dropped, wherever their items lie.
class DropTest {
  private static final int LARGE = 390_000;
  private final Place place = Place.fresh();

  /// Five items of nearly the largest size there is: two pages.
  @BeforeEach
  void fill() {
    place.table.admin().ensure(new Capacity.OnDemand());
    for (int i = 0; i < 5; i++) {
      put(
          "C#c-" + String.valueOf((char) ('a' + i)).repeat(26),
          "M#000000000001",
          "x".repeat(LARGE));
    }
  }

  @AfterEach
  void close() {
    place.close();
  }

  private void put(String pk, String sk, String text) {
    Map<String, AttributeValue> item =
        Map.of(
            "PK", AttributeValue.fromS(pk),
            "SK", AttributeValue.fromS(sk),
            "text", AttributeValue.fromS(text));
    place.table.client().putItem(r -> r.tableName(place.table.name()).item(item));
  }

  private boolean isOnTheFirstPage(String pk) {
    List<Map<String, AttributeValue>> page =
        place.table.client().scan(r -> r.tableName(place.table.name())).items();
    return page.stream().anyMatch(item -> pk.equals(Ink.key(item, "PK")));
  }

  /// Another application's item that a first page does not show.
  private String hidden() {
    for (int i = 0; i < 200; i++) {
      String pk = "ORDER#" + i;
      put(pk, "x", "y");
      if (!isOnTheFirstPage(pk)) {
        return pk;
      }
      place
          .table
          .client()
          .deleteItem(r ->
              r.tableName(place.table.name())
                  .key(Map.of("PK", AttributeValue.fromS(pk), "SK", AttributeValue.fromS("x"))));
    }
    throw new AssertionError("every key is on the first page");
  }

  @Test
  void anothersItemIsFoundBeyondTheFirstPage() {
    assertThat(new Tables(place.table, place.out(false)).mayDrop())
        .isEqualTo(new Tables.Doomed(5, true));
    String hidden = hidden();
    assertThatThrownBy(() -> new Tables(place.table, place.out(false)).mayDrop())
        .isInstanceOf(Refused.class)
        .hasMessageContaining("such as " + hidden + ", and is left alone");
  }

  @Test
  void patienceEndsAndThatIsSaid() {
    Tables.Doomed doomed = new Tables(place.table, place.out(false), 2).mayDrop();
    assertThat(doomed.known()).isFalse();
    assertThat(doomed.items()).isEqualTo(5);
  }
}
