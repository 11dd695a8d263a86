package parley.server.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Loses, doubles and holds back what goes over it, by a seed.
final class BadLine {
  private final Random chance;
  private final List<Object> held = new ArrayList<>();
  private int faults;

  BadLine(long seed) {
    chance = new Random(seed);
  }

  /// What comes out when this goes in.
  @SuppressWarnings("unchecked") // what comes out went in
  <T> List<T> carry(T event) {
    List<T> out = new ArrayList<>();
    switch (chance.nextInt(5)) {
      case 0 -> faults++;
      case 1 -> {
        faults++;
        out.add(event);
        out.add(event);
      }
      case 2 -> {
        faults++;
        held.add(event);
      }
      default -> {
        out.add(event);
        while (!held.isEmpty() && chance.nextBoolean()) {
          out.add((T) held.remove(chance.nextInt(held.size())));
        }
      }
    }
    return out;
  }

  int faults() {
    return faults;
  }
}
