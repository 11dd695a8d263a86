package parley.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What a closed loop of callers measured: how many calls a second, and how long they took.
record Timings(double perSecond, double p50_ms, double p99_ms, long calls) {
  /// One caller of a loop; `round` counts its calls.
  interface Call {
    void make(int caller, int round) throws Exception;
  }

  /// Lets `callers` call one after another for `seconds`, each on a thread of its own.
  static Timings closedLoop(int callers, double seconds, Call call) throws Exception {
    ConcurrentLinkedQueue<long[]> all = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int caller = i;
        Callable<Void> loop =
            () -> {
              long[] nanos = new long[1 << 10];
              int round = 0;
              while (System.nanoTime() < end) {
                if (round == nanos.length) {
                  nanos = Arrays.copyOf(nanos, 2 * round);
                }
                long from = System.nanoTime();
                call.make(caller, round);
                nanos[round++] = System.nanoTime() - from;
              }
              all.add(Arrays.copyOf(nanos, round));
              return null;
            };
        running.add(threads.submit(loop));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a call of the benchmark failed", e.getCause());
    }
    double took = (System.nanoTime() - start) / 1e9;
    long[] nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Timings(
        nanos.length / took, percentile(nanos, 50), percentile(nanos, 99), nanos.length);
  }

  static double percentile(long[] sorted, int percent) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, (long) sorted.length * percent / 100)] / 1e6;
  }
}
