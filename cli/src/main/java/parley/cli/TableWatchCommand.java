package parley.cli;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import parley.table.Watch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Tails the change stream.
@Command(
    name = "watch",
    description = {
      "Print what happens in the table, as it happens.",
      "As the change stream tells it to servers, and how late that is: messages, edits, rows that move,",
      "read marks, profiles, sessions that end. It goes on until it is ended.",
      "What people wrote is hidden."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  parley table watch",
      "  parley table watch --items",
      "  parley table watch --from-oldest --seconds 5 --json"
    })
final class TableWatchCommand extends TableTask {
  @Option(
      names = "--from-oldest",
      description = "Begin with the oldest change that is still known, up to 24 hours back.")
  boolean fromOldest;

  @Option(
      names = "--items",
      description = "Print the items that changed, whole, and those of servers' bookkeeping too.")
  boolean items;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "End after SECONDS (default: never).")
  @Nullable Integer seconds;

  @Option(
      names = "--show-text",
      description = "Print what people wrote too. It is hidden otherwise.")
  boolean showText;

  @Override
  public Integer call() {
    if (seconds != null && seconds < 1) {
      throw storage.misused("--seconds is 1 or more; not " + seconds);
    }
    @Nullable Duration patience = seconds == null ? null : Duration.ofSeconds(seconds);
    return on(
        showText,
        (table, out) -> {
          new Watch(table, out, InstantSource.system(), items).run(fromOldest, patience);
          return ExitCode.DONE;
        });
  }
}
