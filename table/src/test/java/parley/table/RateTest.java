package parley.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messaging.Secret;
import parley.server.Refused;
import parley.server.Settings;
import parley.server.Storage;
import parley.store.TableAdmin.Capacity;

/// How much of a table a command may take, as it is asked for and as it comes out.
class RateTest {
  @Test
  void unitsOrAShareOrAsFastAsItGoes() {
    assertThat(Rate.parse("")).isEqualTo(new Rate.Unbounded());
    assertThat(Rate.parse("500")).isEqualTo(new Rate.Units(500));
    assertThat(Rate.parse("0.5")).isEqualTo(new Rate.Units(0.5));
    assertThat(Rate.parse("25%")).isEqualTo(new Rate.Share(25));
    assertThat(Rate.parse("100%")).isEqualTo(new Rate.Share(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0%", "100.1%", "%", "fast", "NaN", "Infinity", "25 percent"})
  void whatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> Rate.parse(text))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("--rate is units a second above 0")
        .hasMessageContaining("not " + text);
  }

  private static Place with(Capacity capacity) {
    Place place =
        Place.at(
            new Settings(
                new Storage.InMemory(),
                "parley",
                capacity,
                new Secret(new byte[Secret.MIN_BYTES])));
    place.table.admin().ensure(capacity);
    return place;
  }

  @Test
  void aShareIsOfWhatTheTableHas() {
    try (Place place = with(new Capacity.Provisioned(40, 8))) {
      assertThat(new Rate.Share(25).on(place.table, false, place.out(false)).unitsASecond())
          .isEqualTo(10);
      assertThat(new Rate.Share(25).on(place.table, true, place.out(false)).unitsASecond())
          .isEqualTo(2);
      assertThat(place.asides())
          .contains(
              "At most 10 units a second: 25 % of 40, which is the table's capacity for reads.")
          .contains(
              "At most 2 units a second: 25 % of 8, which is the table's capacity for writes.");
    }
    try (Place place = with(new Capacity.OnDemand())) {
      assertThat(new Rate.Share(1).on(place.table, true, place.out(false)).unitsASecond())
          .isEqualTo(400);
      assertThat(place.asides()).contains("40,000, which is what a table on demand takes at most");
      assertThat(new Rate.Unbounded().on(place.table, true, place.out(false)).isUnbounded())
          .isTrue();
    }
  }

  @Test
  void thoseWhoWorkSideBySideShareOnePace() throws Exception {
    long from = System.nanoTime();
    Pace pace = Pace.of(200);
    List<Thread> threads =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(_ -> Thread.startVirtualThread(() -> pace.spend(10)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    // The eighth has its turn when seven times ten units are through.
    assertThat((System.nanoTime() - from) / 1e9).isGreaterThanOrEqualTo(70 / 200.0);
  }
}
