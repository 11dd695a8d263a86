package parley.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A line over which some events are lost, some come twice, and some come late. By a seed.
final class BadLine<T> {
  private final Random chance;
  private final List<T> late = new ArrayList<>();
  private long faults;

  BadLine(long seed) {
    chance = new Random(seed);
  }

  /// What comes out of it when an event goes in.
  List<T> carry(T event) {
    List<T> out = new ArrayList<>();
    int fate = chance.nextInt(10);
    if (fate < 6) {
      out.add(event);
      // What was late comes now, and in whatever order.
      while (!late.isEmpty() && chance.nextInt(3) == 0) {
        out.add(late.remove(chance.nextInt(late.size())));
      }
      return out;
    }
    faults++;
    if (fate == 6) {
      out.add(event);
      out.add(event);
    } else if (fate == 7) {
      late.add(event);
    }
    return out;
  }

  /// How many it did not simply carry.
  long faults() {
    return faults;
  }
}
