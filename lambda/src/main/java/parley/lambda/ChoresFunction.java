package parley.lambda;

import static java.lang.System.Logger.Level.WARNING;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.host.Chore;
import parley.host.Revived;
import parley.lambda.Metrics.Line;
import parley.lambda.Metrics.Unit;
import parley.messaging.StoreUnavailable;

/// The function that a schedule calls, for work that need not be done at once, such as erasures:
/// piece after piece for as long as there is something to do, and time left to do it in. What it
/// leaves, the next call does.
///
/// First it looks whether the table has been taken back in time, and somebody with it who was
/// erased.
public final class ChoresFunction implements RequestStreamHandler {
  private static final System.Logger LOG = System.getLogger(ChoresFunction.class.getName());

  /// No piece begins when less time is left. One that is cut off is done again, a minute later.
  static final Duration RESERVE = Duration.ofSeconds(20);

  private final Assembly assembly;
  private final Revived revived;
  private final List<Chore> chores;

  /// As Lambda makes it.
  public ChoresFunction() {
    this(Assembly.ofThisProcess());
  }

  ChoresFunction(Assembly assembly) {
    this.assembly = assembly;
    this.chores = Chore.of(assembly.services());
    this.revived = new Revived(assembly.table(), assembly.ledger(), assembly.services().erasures());
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    long begun = System.nanoTime();
    Run run = new Run(context);
    try {
      run.work();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assembly
        .metrics()
        .write(
            new Line()
                .dimension("Function", "Chores")
                .metric("Pieces", Unit.COUNT, run.pieces)
                .metric("Failures", Unit.COUNT, run.failures)
                .metric("Latency", Unit.MILLISECONDS, (System.nanoTime() - begun) / 1e6)
                .property("requestId", context.getAwsRequestId())
                .property("units", assembly.units().drain()));
    out.write("{}".getBytes(StandardCharsets.UTF_8));
  }

  /// One call of it.
  private final class Run {
    private final Context context;
    private int pieces;
    private int failures;

    Run(Context context) {
      this.context = context;
    }

    void work() throws InterruptedException {
      Chore backup = new Chore("ledger", Duration.ZERO, revived::work);
      List<Chore> first = new ArrayList<>(List.of(backup));
      while (!first.isEmpty()) {
        if (!hasTime()) {
          return;
        }
        once(first);
      }
      if (failures > 0) {
        return;
      }
      // In turn, so that one that never ends keeps no other waiting.
      List<Chore> open = new ArrayList<>(chores);
      while (!open.isEmpty() && hasTime()) {
        once(open);
      }
      if (pieces > 0) {
        revived.know();
      }
    }

    private boolean hasTime() {
      return context.getRemainingTimeInMillis() > RESERVE.toMillis();
    }

    /// A piece of each. Whoever has none left, or cannot go on now, is not asked again in this
    /// call.
    private void once(List<Chore> open) throws InterruptedException {
      long from = System.nanoTime();
      open.removeIf(chore -> !worked(chore));
      if (!open.isEmpty()) {
        // As on a server, half of the time belongs to those who write.
        Thread.sleep(Duration.ofNanos(System.nanoTime() - from));
      }
    }

    private boolean worked(Chore chore) {
      try {
        boolean worked = chore.work().getAsBoolean();
        pieces += worked ? 1 : 0;
        return worked;
      } catch (StoreUnavailable e) {
        failures++;
        return false;
      } catch (RuntimeException e) {
        failures++;
        LOG.log(WARNING, chore.name() + ": this cannot go on just now, and is tried again", e);
        return false;
      }
    }
  }
}
