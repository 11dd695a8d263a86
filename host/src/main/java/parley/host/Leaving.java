package parley.host;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import parley.messaging.erasure.ErasureLedger;
import parley.messaging.export.ExportShelf;

/// What a deployment does for those who leave: how long they may change their minds, where it is
/// written down that they left, and what of them stays for longer, in sentences of the receipt.
///
/// `exports` is where archives for people lie until they are fetched. `drained` says whether all
/// that was in the change stream a moment ago has been projected.
public record Leaving(
    Duration grace,
    ErasureLedger ledger,
    List<String> remains,
    BooleanSupplier drained,
    ExportShelf exports) {
  /// How long an erasure can be taken back, unless an operator says otherwise.
  public static final Duration GRACE = Duration.ofDays(7);

  /// Where nothing is known of the stream but that time passes, and no ledger is kept.
  public static final Leaving DEFAULT =
      new Leaving(GRACE, ErasureLedger.NONE, List.of(), () -> true, ExportShelf.NONE);

  public Leaving {
    remains = List.copyOf(remains);
  }
}
