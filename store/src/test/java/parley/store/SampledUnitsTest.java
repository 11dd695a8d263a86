package parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// Units of which one request in so many tells.
class SampledUnitsTest {
  private static final ConsumedCapacity TWO = ConsumedCapacity.builder().capacityUnits(2.0).build();

  @Test
  void whatOneTellsStandsForThoseThatWereNotAsked() {
    SampledUnits units = new SampledUnits(100);
    for (int i = 0; i < 5; i++) {
      units.consumed(AccessPattern.APPEND, null);
    }
    assertThat(units.units(AccessPattern.APPEND)).isZero();
    assertThat(units.likely(AccessPattern.APPEND, 1)).isEqualTo(5);
    units.consumed(AccessPattern.APPEND, TWO);
    // Right on the average, and far off while few were asked.
    assertThat(units.units(AccessPattern.APPEND)).isEqualTo(200);
    assertThat(units.likely(AccessPattern.APPEND, 1)).isEqualTo(12);
    units.refused(AccessPattern.APPEND);
    assertThat(units.units(AccessPattern.APPEND)).isEqualTo(201);
    assertThat(units.likely(AccessPattern.APPEND, 1)).isEqualTo(13);
  }

  @Test
  void whereEachTellsBothAreTheSame() {
    SampledUnits units = new SampledUnits(1);
    units.consumed(AccessPattern.APPEND, TWO);
    units.consumed(AccessPattern.APPEND, TWO);
    units.refused(AccessPattern.APPEND);
    assertThat(units.units(AccessPattern.APPEND)).isEqualTo(5);
    assertThat(units.likely(AccessPattern.APPEND, 1)).isEqualTo(5);
    assertThat(units.requests(AccessPattern.APPEND)).isEqualTo(3);
  }
}
