package parley.table;

import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;
import parley.store.AccessPattern;
import parley.store.TableDesign.Reads;
import parley.store.Units;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// What a rehearsal on an engine in memory writes, to be priced before it is done for real.
public final class WrittenUnits implements Units {
  private final DoubleAdder table = new DoubleAdder();
  private final DoubleAdder index = new DoubleAdder();

  @Override
  public void consumed(AccessPattern pattern, @Nullable ConsumedCapacity consumed) {
    if (pattern.reads() == Reads.NONE) {
      double inIndex = Measured.index(consumed);
      index.add(inIndex);
      table.add(Measured.total(consumed) - inIndex);
    }
  }

  /// The engine does not report it; the service bills it.
  @Override
  public void refused(AccessPattern pattern) {
    table.add(1);
  }

  /// Says what would be written, and what that would cost.
  public void tell(Out out, Prices prices, long lines) {
    if (out.json()) {
      out.value(Map.of("lines", lines, "table", table.sum(), "index", index.sum()));
    } else {
      out.line(
          Out.count(lines, "line")
              + ": "
              + Out.number(table.sum())
              + " W + "
              + Out.number(index.sum())
              + " Wi, tried in memory. "
              + prices.total(table.sum() + index.sum()));
    }
  }
}
