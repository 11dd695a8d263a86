package parley.table;

import parley.server.Refused;

/// Holds work to so many units a second, so that a table that is in use keeps its capacity.
final class Pace {
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e6;

  private final double rate;
  private final long from_ns = System.nanoTime();
  private double spent;

  private Pace(double rate) {
    this.rate = rate;
  }

  /// As fast as it goes.
  static Pace unbounded() {
    return new Pace(0);
  }

  /// So many units a second.
  static Pace of(double unitsPerSecond) {
    if (!(unitsPerSecond > 0)) {
      throw Refused.option("--rate is units a second, more than 0; not " + unitsPerSecond + ".");
    }
    return new Pace(unitsPerSecond);
  }

  /// Waits until these units may be spent.
  void spend(double units) {
    if (rate == 0) {
      return;
    }
    double due_ns = spent / rate * NANOS;
    spent += units;
    long early_ns = (long) due_ns - (System.nanoTime() - from_ns);
    if (early_ns > 0) {
      pause((long) Math.ceil(early_ns / MILLIS));
    }
  }

  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(Refused.Why.BUSY, "Interrupted. Run the same again: it goes on.");
    }
  }
}
