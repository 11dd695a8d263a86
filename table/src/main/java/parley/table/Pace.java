package parley.table;

import parley.server.Refused;

/// Holds work to so many units a second, so that a table that is in use keeps its capacity. Of
/// those who work side by side each waits for its own turn.
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
    return new Pace(unitsPerSecond);
  }

  boolean isUnbounded() {
    return rate == 0;
  }

  /// 0 for no bound.
  double unitsASecond() {
    return rate;
  }

  /// Waits until these units may be spent.
  void spend(double units) {
    if (rate == 0) {
      return;
    }
    long early_ns = turn(units) - (System.nanoTime() - from_ns);
    if (early_ns > 0) {
      pause((long) Math.ceil(early_ns / MILLIS));
    }
  }

  private synchronized long turn(double units) {
    double due_ns = spent / rate * NANOS;
    spent += units;
    return (long) due_ns;
  }

  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  static Refused interrupted() {
    Thread.currentThread().interrupt();
    return new Refused(Refused.Why.BUSY, "Interrupted. Run the same again: it goes on.");
  }
}
