package parley.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bad line is bad in every way, and the same way for a seed.
class BadLineTest {
  private static List<Integer> carried(long seed) {
    BadLine<Integer> line = new BadLine<>(seed);
    List<Integer> out = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      out.addAll(line.carry(i));
    }
    assertThat(line.faults()).isBetween(300L, 500L);
    return out;
  }

  @Test
  void itLosesDoublesAndShuffles() {
    List<Integer> out = carried(7);
    assertThat(new HashSet<>(out)).as("some are lost").hasSizeBetween(600, 900);
    assertThat(out.size()).as("some come twice").isGreaterThan(new HashSet<>(out).size() + 50);
    assertThat(out).isNotEqualTo(out.stream().sorted().toList());
    assertThat(carried(7)).isEqualTo(out);
    assertThat(carried(8)).isNotEqualTo(out);
  }
}
