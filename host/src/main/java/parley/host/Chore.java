package parley.host;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Work that need not be done at once, such as erasures. `work` does one bounded piece, and says
/// whether there was one; whoever was killed in the middle of it is followed by somebody else.
/// `every` is how often a process looks when there was nothing to do.
public record Chore(String name, Duration every, BooleanSupplier work) {
  /// Where looking is a read of the table.
  private static final Duration SELDOM = Duration.ofSeconds(15);

  /// Where nobody waits for it.
  private static final Duration RARELY = Duration.ofMinutes(1);

  /// Where it is a look at a folder.
  private static final Duration OFTEN = Duration.ofSeconds(1);

  /// All that there is to do for these use cases.
  public static List<Chore> of(Services services) {
    return List.of(
        new Chore("eraser", SELDOM, services.eraser()::work),
        new Chore("sweeper", RARELY, services.sweeper()::work),
        new Chore("exports", OFTEN, services.exports()::work));
  }
}
