package parley.bench;

/// So many requests a second from now on, in real time; what is late is made up for.
final class Pace {
  private final int rate;
  private final long from = System.nanoTime();

  Pace(int rate) {
    this.rate = rate;
  }

  /// Until request `number` is due; the first is 0.
  void await(long number) throws InterruptedException {
    long due = from + number * 1_000_000_000L / rate;
    long early_ms = (due - System.nanoTime()) / 1_000_000;
    if (early_ms > 0) {
      Thread.sleep(early_ms);
    }
  }
}
